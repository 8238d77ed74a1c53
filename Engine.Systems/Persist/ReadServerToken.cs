using System;
using System.Buffers.Binary;
using System.Buffers.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Samples;

namespace Engine.Systems.Persist;

/// <summary>
/// <c>persist rdp-cookie</c> (manual section 4.2): a client of a remote desktop brings the token that names its server,
/// <c>address.port.reserved</c>, both numbers of the bytes in the order of a little-endian machine.
/// </summary>
public static unsafe class ReadServerToken
{
    /// <summary>
    /// Gives the stream the server that its token names, where it works and no <c>use-server</c> has decided. Rules about
    /// persistence do not count here, as they do not for the reference.
    /// </summary>
    public static void Run(World world, uint row, ref Stream stream, ref Evaluation scope, SampleExpression token)
    {
        if ((stream.Flags & StreamFlags.Direct) != 0) return;
        Sample sample = default;
        if (!EvaluateExpression.Run(ref scope, token, ref sample)) return;
        if (!TryRead(sample.Bytes.Span, out uint address, out ushort port)) return;
        foreach (int number in scope.Backend!.Servers)
        {
            if (!IsAt(world.Targets.Address((uint)number)->Address, address, port)) continue;
            if (!PickPersistent.MayTake(world, number, PersistenceOverride.None)) continue;
            ref Persistence known = ref world.Persistence[row];
            if ((stream.Flags & StreamFlags.HasPersistence) == 0) ServerRules.Begin(ref known, ref stream);
            known.Server = number;
            stream.Flags |= StreamFlags.Direct;
            return;
        }
    }

    /// <summary>The first two of the three numbers of a token.</summary>
    public static bool TryRead(ReadOnlySpan<byte> token, out uint address, out ushort port)
    {
        port = 0;
        if (!Utf8Parser.TryParse(token, out address, out int length) || !IsPoint(token, length)) return false;
        token = token[(length + 1)..];
        if (!Utf8Parser.TryParse(token, out ushort bytes, out length) || !IsPoint(token, length)) return false;
        port = BinaryPrimitives.ReverseEndianness(bytes);
        return true;
    }

    private static bool IsPoint(ReadOnlySpan<byte> token, int at) => at < token.Length && token[at] == '.';

    private static bool IsAt(in SocketAddress server, uint address, ushort port) =>
        server.Family == AddressFamily.Inet && server.Port == port
        && BinaryPrimitives.ReadUInt32LittleEndian(server.AddressBytes) == address;
}
