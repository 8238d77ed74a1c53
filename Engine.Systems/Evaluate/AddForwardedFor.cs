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
    private static readonly ByteView DefaultDestination = ByteView.Literal("x-original-to");

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
        return Add(ref scope, name, ref source);
    }

    /// <summary><c>option originalto</c>: the address that the client reached. False when the head has no room for it.</summary>
    public static bool Destination(ref Evaluation scope, Proxy frontend, Proxy backend)
    {
        if (((frontend.Options | backend.Options) & ProxyOptions.OriginalTo) == 0) return true;
        Proxy owner = (backend.Options & ProxyOptions.OriginalTo) != 0 ? backend : frontend;
        ref SocketAddress reached = ref scope.Client->Destination;
        if (reached.Family is not (AddressFamily.Inet or AddressFamily.Inet6)) return true;
        foreach (AddressRange range in owner.OriginalToExcept)
            if (range.Contains(reached)) return true;
        return Add(ref scope, owner.OriginalToHeader.IsEmpty ? DefaultDestination : owner.OriginalToHeader, ref reached);
    }

    private static bool Add(ref Evaluation scope, ByteView name, ref SocketAddress source)
    {
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
