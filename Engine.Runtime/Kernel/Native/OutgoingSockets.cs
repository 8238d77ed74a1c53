using System;
using System.Threading;
using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>Makes the sockets of connections to servers, as <see cref="OperationKind.Connect"/> says.</summary>
internal static unsafe class OutgoingSockets
{
    private const int PortsLookedAt = 64;

    /// <summary>
    /// The socket for a connection: TCP_NODELAY for IP, bound to the source where one is given (its port 0: chosen at
    /// connect, so that one port serves many destinations). The descriptor, or a negated errno.
    /// </summary>
    public static int Open(in Operation operation, int extraFlags)
    {
        SocketAddress* target = (SocketAddress*)operation.Data;
        OutgoingSocket* plan = operation.Length == ConnectAddresses.All ? ((ConnectAddresses*)target)->Socket : null;
        int fd = NetworkNamespaces.Socket(
            plan == null ? 0 : plan->Namespace,
            (int)target->Family,
            Linux.StreamSocket | Linux.SocketCloseOnExec | extraFlags,
            plan == null ? 0 : plan->Protocol);
        if (fd < 0 || target->Family == AddressFamily.Unix) return fd;
        Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpNoDelay, 1);
        if (operation.Length <= 1) return fd;
        ConnectAddresses* addresses = (ConnectAddresses*)operation.Data;
        int result = operation.Length == ConnectAddresses.All ? Prepare(fd, addresses) : 0;
        if (result == 0 && addresses->Source.Family != AddressFamily.Unspecified)
            result = HasRange(operation, addresses) ? BindInRange(fd, addresses) : Bind(fd, &addresses->Source);
        if (result == 0) return fd;
        Sockets.Close(fd);
        return result;
    }

    private static bool HasRange(in Operation operation, ConnectAddresses* addresses) =>
        operation.Length == ConnectAddresses.All && addresses->Socket != null && addresses->Socket->PortHigh != 0
        && (addresses->Flags & OutgoingFlags.Transparent) == 0;

    /// <summary>
    /// The next port of the range that nobody has; where those looked at are all taken, the last of them, which may still
    /// do for another destination.
    /// </summary>
    private static int BindInRange(int fd, ConnectAddresses* addresses)
    {
        OutgoingSocket* plan = addresses->Socket;
        int count = plan->PortHigh - plan->PortLow + 1;
        SocketAddress source = addresses->Source;
        for (int look = 0; look < Math.Min(count, PortsLookedAt); look++)
        {
            source.Port = (ushort)(plan->PortLow + (Interlocked.Increment(ref plan->Turn) % (uint)count));
            if (BindTo(fd, &source) != 0) continue;
            // So that the port may be used again while the kernel remembers this connection.
            return Sockets.SetOption(fd, Linux.LevelSocket, Linux.SocketReuseAddress, 1);
        }
        return Bind(fd, &source);
    }

    private static int Bind(int fd, SocketAddress* source)
    {
        if (source->Port == 0) Sockets.SetOption(fd, Linux.LevelIp, Linux.IpBindAddressNoPort, 1);
        else Sockets.SetOption(fd, Linux.LevelSocket, Linux.SocketReuseAddress, 1);
        return BindTo(fd, source);
    }

    private static int BindTo(int fd, SocketAddress* source)
    {
        byte* raw = stackalloc byte[RawAddress.SizeMax];
        uint length = RawAddress.Write(source, raw);
        return Libc.Value(Libc.Bind(fd, raw, length));
    }

    /// <summary>Only a source that is not ours must not fail: the rest is a wish, as in the reference.</summary>
    private static int Prepare(int fd, ConnectAddresses* addresses)
    {
        bool isV6 = addresses->Target.Family == AddressFamily.Inet6;
        OutgoingFlags flags = addresses->Flags;
        int result = 0;
        if (addresses->Socket != null) Apply(fd, addresses->Socket);
        if (addresses->Socket != null && addresses->Socket->SigningKeyLength > 0)
        {
            ReadOnlySpan<byte> key = new(addresses->Socket->SigningKey, addresses->Socket->SigningKeyLength);
            result = SegmentSignature.Set(fd, &addresses->Target, key);
            if (result != 0) return result;
        }
        if ((flags & OutgoingFlags.Transparent) != 0)
        {
            result = isV6
                ? Sockets.SetOption(fd, Linux.LevelIpv6, Linux.Ipv6Transparent, 1)
                : Sockets.SetOption(fd, Linux.LevelIp, Linux.IpTransparent, 1);
        }
        if ((flags & OutgoingFlags.Mark) != 0)
            SettingOnSocket.Run(fd, SocketSetting.Mark, (int)addresses->Mark);
        if ((flags & OutgoingFlags.TypeOfService) != 0)
            SettingOnSocket.Run(fd, SocketSetting.TypeOfService, addresses->TypeOfService);
        return result;
    }

    private static void Apply(int fd, OutgoingSocket* plan)
    {
        if ((plan->Flags & OutgoingFlags.KeepAlive) != 0)
        {
            Sockets.SetOption(fd, Linux.LevelSocket, Linux.SocketKeepAlive, 1);
            Tune(fd, Linux.LevelTcp, Linux.TcpKeepCount, plan->KeepAliveCount);
            Tune(fd, Linux.LevelTcp, Linux.TcpKeepIdle, plan->KeepAliveIdleSeconds);
            Tune(fd, Linux.LevelTcp, Linux.TcpKeepInterval, plan->KeepAliveIntervalSeconds);
        }
        if ((plan->Flags & OutgoingFlags.LateAcknowledgement) != 0)
            Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpQuickAcknowledge, 0);
        if ((plan->Flags & OutgoingFlags.FastOpen) != 0)
            Sockets.SetOption(fd, Linux.LevelTcp, Linux.TcpFastOpenConnect, 1);
        Tune(fd, Linux.LevelSocket, Linux.SocketReceiveBuffer, plan->ReceiveBuffer);
        Tune(fd, Linux.LevelSocket, Linux.SocketSendBuffer, plan->SendBuffer);
        Tune(fd, Linux.LevelTcp, Linux.TcpNotSentLow, plan->NotSentLow);
        Tune(fd, Linux.LevelTcp, Linux.TcpUserTimeout, plan->UserTimeoutMs);
        if (plan->Congestion[0] != 0)
            _ = Libc.SetSocketOption(fd, Linux.LevelTcp, Linux.TcpCongestion, plan->Congestion, OutgoingSocket.NameSize);
        if (plan->Interface[0] == 0) return;
        _ = Libc.SetSocketOption(
            fd, Linux.LevelSocket, Linux.SocketBindToDevice, plan->Interface, OutgoingSocket.NameSize);
    }

    private static void Tune(int fd, int level, int option, int value)
    {
        if (value > 0) Sockets.SetOption(fd, level, option, value);
    }
}
