using System;
using System.Buffers.Binary;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Health;
using Engine.Systems.Parse;

namespace Engine.Systems.Connect;

/// <summary>
/// <c>socks4</c> (manual section 5.2): a new connection goes to a proxy, which is told where it is to lead to. What would
/// be sent to the server follows when the proxy agreed (SOCKS 4: eight bytes, the second of them 90).
/// </summary>
public static unsafe class AskSocks
{
    private const int RequestLength = 16;
    private const int AnswerLength = 8;
    private const byte Version = 4;
    private const byte Connect = 1;
    private const byte Granted = 90;

    /// <summary>The proxy is connected. False: it cannot be asked, for want of a buffer or of an IPv4 address.</summary>
    public static bool Run(World world, uint row, ref Connection connection, in SocketAddress target)
    {
        if (target.Family != AddressFamily.Inet) return false;
        world.OwnTarget[row].Target = target; // from now on that is where it leads to
        Span<byte> request = stackalloc byte[RequestLength];
        request[0] = Version;
        request[1] = Connect;
        BinaryPrimitives.WriteUInt16BigEndian(request[2..], target.Port);
        target.AddressBytes.CopyTo(request[4..]);
        "HAProxy\0"u8.CopyTo(request[8..]); // the user, which a proxy may have rules about
        if (!AppendBytes.Run(world, ref connection.Out, request)) return false;
        connection.Flags |= ConnectionFlags.AwaitsPreamble;
        ListConnection.ToSend(world, row, ref connection);
        ArmReceive.Small(world, row, ref connection, OperationFlags.None);
        return true;
    }

    /// <summary>Bytes or an end came from the proxy.</summary>
    public static void Read(World world, uint row, ref Connection connection)
    {
        const ConnectionFlags ended = ConnectionFlags.PeerClosed | ConnectionFlags.Broken;
        if (connection.In.Length < AnswerLength && (connection.Flags & ended) == 0)
        {
            ArmReceive.Small(world, row, ref connection, OperationFlags.None);
            return;
        }
        connection.Flags &= ~ConnectionFlags.AwaitsPreamble;
        bool isWhole = connection.In.Length >= AnswerLength && JoinHead.Run(world, ref connection.In);
        bool isGranted = false;
        if (isWhole)
        {
            ReadOnlySpan<byte> answer = connection.In.First(world.Buffers);
            isGranted = answer[0] == 0 && answer[1] == Granted;
            connection.In.Consume(world.Buffers, AnswerLength);
        }
        bool isCheck = (connection.Flags & ConnectionFlags.Check) != 0;
        if (!isGranted)
        {
            if (isCheck) RunCheck.NotLedOn(world, row, ref connection, isDenied: isWhole);
            else Fail(world, ref connection);
            return;
        }
        // Nobody speaks before a handshake that we begin: what stands there came from elsewhere.
        if (isCheck) RunCheck.LedOn(world, row, ref connection);
        else if (!connection.In.IsEmpty && world.Configuration.Servers[connection.Owner].Tls is { ForTraffic: true })
            Fail(world, ref connection);
        else FinishConnects.Reached(world, row, ref connection);
        bool hasMore = !connection.In.IsEmpty || (connection.Flags & ended) != 0;
        if (hasMore && connection.State == ConnectionState.Open) ListConnection.Received(world, row, ref connection);
    }

    private static void Fail(World world, ref Connection connection)
    {
        ref Stream stream = ref world.Stream[connection.Stream];
        RetryConnect.Run(world, connection.Stream, ref stream, timedOut: false);
    }
}
