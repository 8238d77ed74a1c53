using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Systems.Accept;
using Engine.Systems.Connections;
using Engine.Systems.Logs;
using Engine.Systems.Parse;

namespace Engine.Systems.Preambles;

/// <summary>What a client sent before its preamble was whole: the rest is waited for, or the client refused.</summary>
public static unsafe class ReadPreamble
{
    public static void Run(World world, uint row, ref Connection connection)
    {
        ref Preamble preamble = ref world.Preambles[row];
        PreambleText text = default;
        PreambleFault fault = PreambleFault.None;
        ReadOnlySpan<byte> bytes = default;
        if (!connection.In.IsEmpty)
        {
            if (!JoinHead.Run(world, ref connection.In))
            {
                CloseConnection.Run(world, row, reset: true);
                return;
            }
            bytes = connection.In.First(world.Buffers);
            if (TryParse(world, ref connection, preamble.Kind, bytes, ref text, out fault))
            {
                if (fault != PreambleFault.None) Refuse(world, row, ref connection, fault);
                else Take(world, row, ref connection, ref preamble, bytes, text);
                return;
            }
        }
        if (Ended(connection.Flags, preamble.Kind, !bytes.IsEmpty) is not PreambleFault.None and var end)
            Refuse(world, row, ref connection, end);
        else ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }

    /// <summary>The time for it has run out.</summary>
    public static void TooLate(World world, uint row, ref Connection connection)
    {
        bool isProxy = world.Preambles[row].Kind == PreambleKind.Proxy;
        Refuse(world, row, ref connection, isProxy ? PreambleFault.ProxyTimeout : PreambleFault.NetScalerTimeout);
    }

    private static bool TryParse(
        World world, ref Connection connection, PreambleKind kind, ReadOnlySpan<byte> bytes, ref PreambleText text,
        out PreambleFault fault)
    {
        if (kind == PreambleKind.NetScaler)
        {
            uint magic = world.Configuration.Listeners[connection.Owner].NetScalerMagic;
            return ParseNetScaler.TryRun(bytes, magic, ref text, out fault);
        }
        return bytes[0] == ParseProxyV2.Signature[0]
            ? ParseProxyV2.TryRun(bytes, world.Configuration.Globals.BufferSize, ref text, out fault)
            : ParseProxyV1.TryRun(bytes, ref text, out fault);
    }

    private static PreambleFault Ended(ConnectionFlags flags, PreambleKind kind, bool began)
    {
        bool isProxy = kind == PreambleKind.Proxy;
        if ((flags & ConnectionFlags.Broken) != 0)
            return isProxy ? PreambleFault.ProxyAborted : PreambleFault.NetScalerAborted;
        if ((flags & ConnectionFlags.PeerClosed) == 0) return PreambleFault.None;
        if (began) return isProxy ? PreambleFault.ProxyTruncated : PreambleFault.NetScalerTruncated;
        return isProxy ? PreambleFault.ProxyEmpty : PreambleFault.NetScalerEmpty;
    }

    private static void Refuse(World world, uint row, ref Connection connection, PreambleFault fault)
    {
        bool saidNothing = fault is PreambleFault.ProxyEmpty or PreambleFault.ProxyAborted or PreambleFault.ProxyTimeout
            or PreambleFault.NetScalerEmpty or PreambleFault.NetScalerAborted or PreambleFault.NetScalerTimeout;
        LogRefusedClient.Run(world, row, ref connection, PreambleFaultText.Of(fault), saidNothing);
        CloseConnection.Run(world, row, reset: true);
    }

    private static void Take(
        World world, uint row, ref Connection connection, ref Preamble preamble, ReadOnlySpan<byte> bytes,
        in PreambleText text)
    {
        ref ClientFacts facts = ref world.Client[row];
        preamble.PeerSource = facts.Source;
        preamble.PeerDestination = facts.Destination;
        preamble.HasProxyHeader = preamble.Kind == PreambleKind.Proxy;
        if (text.HasAddresses)
        {
            facts.Source = text.Source;
            facts.Destination = text.Destination;
        }
        facts.HandshakeNanoseconds = world.NowNanoseconds - facts.IdleSinceNanoseconds;
        preamble.Tlvs = KeepTlvs(world, bytes[text.Tlvs]);
        connection.Flags = (connection.Flags & ~ConnectionFlags.AwaitsPreamble) | ConnectionFlags.HadPreamble;
        connection.In.Consume(world.Buffers, text.Length);
        Listener listener = world.Configuration.Listeners[connection.Owner];
        AcceptClients.Greet(world, row, ref connection, listener);
        bool hasMore = !connection.In.IsEmpty || (connection.Flags & ConnectionFlags.PeerClosed) != 0;
        if (hasMore && connection.State == ConnectionState.Open) ListConnection.Received(world, row, ref connection);
    }

    /// <summary>A copy for <c>fc_pp_tlv</c> and its like, where any is used; none when the slab has no buffer.</summary>
    private static BufferRef KeepTlvs(World world, ReadOnlySpan<byte> tlvs)
    {
        if (tlvs.IsEmpty || !world.Configuration.Globals.ReadsProxyTlvs) return BufferRef.None;
        BufferSlab slab = world.Buffers;
        BufferRef buffer = slab.Take(tlvs.Length <= BufferSlab.SmallSize ? BufferClass.Small : BufferClass.Standard);
        if (buffer.IsNone) return buffer;
        tlvs.CopyTo(new Span<byte>(slab.Address(buffer), slab.SizeOf(buffer)));
        slab.Segment(buffer).Start = 0;
        slab.Segment(buffer).End = tlvs.Length;
        return buffer;
    }

    /// <summary>The row of a connection that had a preamble is freed.</summary>
    public static void Drop(World world, uint row)
    {
        ref Preamble preamble = ref world.Preambles[row];
        if (!preamble.Tlvs.IsNone) world.Buffers.Return(preamble.Tlvs);
        preamble.Tlvs = BufferRef.None;
    }
}
