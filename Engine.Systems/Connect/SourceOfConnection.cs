using System;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Samples;

namespace Engine.Systems.Connect;

/// <summary>Whose address a connection to a server comes from: <c>source ... usesrc</c> (manual section 4.2).</summary>
internal static unsafe class SourceOfConnection
{
    /// <summary>The foreign address of a stream's connection; family Unspecified when there is none for it.</summary>
    public static SocketAddress Foreign(World world, uint row, ref Stream stream, SourceSettings settings)
    {
        ref ClientFacts client = ref world.Client[stream.Client];
        SocketAddress address = settings.Foreign switch
        {
            ForeignSource.Address => settings.ForeignAddress,
            ForeignSource.Client or ForeignSource.ClientIp => client.Source,
            ForeignSource.Header => world.ForeignSource[row],
            _ => default,
        };
        if (settings.Foreign == ForeignSource.ClientIp) address.Port = 0;
        return address.Family is AddressFamily.Inet or AddressFamily.Inet6 ? address : default;
    }

    /// <summary>The address that a stream's connection comes from, ours where there is no other for it.</summary>
    public static SocketAddress Wanted(World world, uint row, ref Stream stream, SourceSettings settings)
    {
        SocketAddress foreign = Foreign(world, row, ref stream, settings);
        return foreign.Family == AddressFamily.Unspecified ? settings.Address : foreign;
    }

    /// <summary>
    /// Keeps the address that the request tells, by the stream's row: once the request's head is let go, what was kept
    /// stays, for the stream that is sent again.
    /// </summary>
    public static void Read(World world, uint row, ref Stream stream, SourceSettings settings)
    {
        if (settings.Foreign != ForeignSource.Header) return;
        ref SocketAddress kept = ref world.ForeignSource[row];
        if (stream.Head == null)
        {
            if ((stream.Flags & StreamFlags.FreshConnection) == 0) kept = default;
            return;
        }
        kept = default;
        if (settings.ForeignHeader is not { } expression) return;
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        scope.Request = stream.Head;
        scope.Scratch = new Scratch(world.LineScratch, world.Heads.ScratchSize);
        Sample sample = default;
        if (!EvaluateExpression.Run(ref scope, expression, ref sample)) return;
        ReadOnlySpan<byte> bytes = sample.Address;
        if (sample.Type is SampleType.Ipv4 or SampleType.Ipv6)
            kept = SocketAddress.Inet(sample.Type == SampleType.Ipv4 ? bytes[..4] : bytes, 0);
    }
}
