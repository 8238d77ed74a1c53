using System;
using Engine.Data.Kernel;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Tls;

/// <summary>
/// Works out the name that a stream's server is asked for: <c>sni</c> (manual section 5.2).
/// </summary>
internal static unsafe class ServerName
{
    /// <summary>
    /// Keeps the name by the stream's row and answers its hash, 0 when there is none. Once the request's head
    /// is let go,
    /// what was kept stays: the stream is sent again to the same server.
    /// </summary>
    public static ulong Find(World world, uint row, ref Stream stream, TlsServer server)
    {
        ref TlsName name = ref world.Tls!.Names[row];
        bool hasRequest = stream.Head != null || (stream.Flags & StreamFlags.Tcp) != 0;
        if (!hasRequest && (stream.Flags & StreamFlags.FreshConnection) != 0) return name.Hash;
        name.Hash = 0;
        name.Text[0] = 0;
        if (server.Name is not { } expression) return 0;
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        scope.Request = stream.Head;
        scope.Scratch = new Scratch(world.LineScratch, world.Heads.ScratchSize); // the head's own holds what rules made
        Sample sample = default;
        if (!EvaluateExpression.RunAs(ref scope, expression, SampleType.String, ref sample)) return 0;
        ReadOnlySpan<byte> text = sample.Bytes.Span;
        if (text.IsEmpty || text.Length > TlsName.LengthMax || text.Contains((byte)0) || IsAddress(text)) return 0;
        fixed (byte* target = name.Text)
        {
            text.CopyTo(new Span<byte>(target, TlsName.LengthMax));
            target[text.Length] = 0;
        }
        name.Hash = KeyedHash.Of(text, ignoreCase: true) | 1;
        return name.Hash;
    }

    /// <summary>RFC 6066 section 3: literal addresses are not permitted.</summary>
    private static bool IsAddress(ReadOnlySpan<byte> text)
    {
        if (text[0] == (byte)'[' || text.Contains((byte)':')) return true;
        const int longest = 15;
        if (text.Length > longest) return false;
        Span<char> chars = stackalloc char[longest];
        Span<byte> address = stackalloc byte[4];
        for (int i = 0; i < text.Length; i++) chars[i] = (char)text[i];
        return AddressText.TryParseIpv4(chars[..text.Length], address);
    }
}
