using System;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Http1;

namespace Engine.Systems.Evaluate;

/// <summary><c>option forwardfor</c>: adds the client's address as a field (manual section 4.2).</summary>
public static unsafe class AddForwardedFor
{
    private static readonly ByteView DefaultName = ByteView.Literal("x-forwarded-for");

    /// <summary>False when the head has no room for it.</summary>
    public static bool Run(ref Evaluation scope, Proxy frontend, Proxy backend)
    {
        const ProxyOptions both = ProxyOptions.ForwardFor;
        if (((frontend.Options | backend.Options) & both) == 0) return true;
        Proxy owner = (backend.Options & both) != 0 ? backend : frontend;
        ref SocketAddress source = ref scope.Client->Source;
        if (source.Family is not (AddressFamily.Inet or AddressFamily.Inet6)) return true;
        foreach (AddressRange range in owner.ForwardForExcept)
            if (range.Contains(source)) return true;
        ByteView name = owner.ForwardForHeader.IsEmpty ? DefaultName : owner.ForwardForHeader;
        if (Every(frontend, backend) && EditFields.Find(scope.Request, name.Span) >= 0) return true;
        Span<byte> text = scope.Scratch.Free;
        if (text.Length < WriteAddress.Ipv6Max) return false;
        ReadOnlySpan<byte> address = source.AddressBytes;
        int length = source.Family == AddressFamily.Inet
            ? WriteAddress.Ipv4(text, address)
            : WriteAddress.Ipv6(text, address);
        ByteView value = scope.Scratch.Commit(length);
        return EditFields.Add(scope.Request, name, value);
    }

    /// <summary><c>if-none</c> counts only when no section asks for the field unconditionally.</summary>
    private static bool Every(Proxy frontend, Proxy backend)
    {
        bool front = (frontend.Options & ProxyOptions.ForwardFor) != 0;
        bool back = (backend.Options & ProxyOptions.ForwardFor) != 0;
        bool frontIfNone = (frontend.Options & ProxyOptions.ForwardForIfNone) != 0;
        bool backIfNone = (backend.Options & ProxyOptions.ForwardForIfNone) != 0;
        return (!front || frontIfNone) && (!back || backIfNone);
    }
}
