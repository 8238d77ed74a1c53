using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>Performs <see cref="OperationKind.SetOption"/>.</summary>
internal static class SettingOnSocket
{
    private const int LevelIp = 0;
    private const int LevelTcp = 6;
    private const int LevelIpv6 = 41;
    private const int IpTypeOfService = 1;
    private const int IpTimeToLive = 2;
    private const int Ipv6Hops = 16;
    private const int Ipv6TrafficClass = 67;
    private const int TcpRepair = 19;
    private const int SocketMark = 36;

    public static void Run(int fd, SocketSetting setting, int value)
    {
        switch (setting)
        {
            case SocketSetting.Mark:
                Sockets.SetOption(fd, Linux.LevelSocket, SocketMark, value);
                break;
            case SocketSetting.TypeOfService:
                Either(fd, IpTypeOfService, Ipv6TrafficClass, value);
                break;
            case SocketSetting.Abandon:
                if (Sockets.SetOption(fd, LevelTcp, TcpRepair, 1) < 0) EndWithReset(fd, 1);
                break;
            default:
                EndWithReset(fd, value);
                break;
        }
    }

    private static void EndWithReset(int fd, int hops)
    {
        Either(fd, IpTimeToLive, Ipv6Hops, hops);
        Sockets.ResetOnClose(fd);
    }

    /// <summary>A socket of IPv6 that serves IPv4 takes the options of both; others refuse one of them.</summary>
    private static void Either(int fd, int option4, int option6, int value)
    {
        Sockets.SetOption(fd, LevelIp, option4, value);
        Sockets.SetOption(fd, LevelIpv6, option6, value);
    }
}
