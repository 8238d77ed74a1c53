using System;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;

namespace Engine.Systems.Connect;

/// <summary>Works out what the sockets of a server are opened with, once, when the configuration is read.</summary>
public static unsafe class ServerSockets
{
    public static void Plan(Server server, Proxy backend, Globals globals)
    {
        if (server.Source == SourceSettings.None) server.Source = backend.Source;
        OutgoingSocket plan = default;
        if ((backend.Options & ProxyOptions.ServerKeepAlive) != 0)
        {
            plan.Flags |= OutgoingFlags.KeepAlive;
            plan.KeepAliveCount = backend.ServerKeepAliveCount;
            plan.KeepAliveIdleSeconds = (int)backend.ServerKeepAliveIdleSeconds;
            plan.KeepAliveIntervalSeconds = (int)backend.ServerKeepAliveIntervalSeconds;
        }
        if ((backend.Options & ProxyOptions.SmartConnect) != 0) plan.Flags |= OutgoingFlags.LateAcknowledgement;
        if (server.FastOpen) plan.Flags |= OutgoingFlags.FastOpen;
        plan.ReceiveBuffer = globals.ServerReceiveBuffer;
        plan.SendBuffer = globals.ServerSendBuffer;
        plan.NotSentLow = globals.ServerNotSentLow;
        plan.UserTimeoutMs = server.UserTimeoutMs;
        plan.PortLow = server.Source.Address.Port;
        plan.PortHigh = (ushort)server.Source.PortHigh;
        bool isNamed = Keep(server.Source.Interface, new Span<byte>(plan.Interface, OutgoingSocket.NameSize));
        isNamed |= Keep(server.Congestion, new Span<byte>(plan.Congestion, OutgoingSocket.NameSize));
        if (server.Multipath) plan.Protocol = OutgoingSocket.MultipathTcp;
        plan.Namespace = server.Namespace;
        if (server.SigningKey is { } key)
            plan.SigningKeyLength = Encoding.Latin1.GetBytes(key, new Span<byte>(plan.SigningKey, OutgoingSocket.SigningKeyMax));
        isNamed |= (plan.Protocol | plan.Namespace | plan.SigningKeyLength) != 0;
        int sizes = plan.ReceiveBuffer | plan.SendBuffer | plan.NotSentLow | plan.UserTimeoutMs | plan.PortHigh;
        if (isNamed || sizes != 0 || plan.Flags != OutgoingFlags.None) server.PlanSocket(plan);
    }

    private static bool Keep(string? name, Span<byte> space)
    {
        if (name is null) return false;
        // The kernel takes no longer names, so the rest of one is not looked at.
        ReadOnlySpan<char> text = name.Length < space.Length ? name : name.AsSpan(0, space.Length - 1);
        Encoding.Latin1.GetBytes(text, space);
        return true;
    }
}
