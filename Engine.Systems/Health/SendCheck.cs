using System;
using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Shared;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>What a check sends: bytes as configured, or an HTTP request.</summary>
public static class SendCheck
{
    /// <summary>False when there is no buffer for it, or a format cannot be made.</summary>
    public static bool Run(World world, int number, ref CheckRow check, CheckStep step)
    {
        if (step.Kind == CheckStepKind.Send)
        {
            return TryMake(world, number, ref check, step.Bytes, step.BytesOf, step.IsHexadecimal, out ByteView bytes)
                && (bytes.Length == 0 || CheckConnection.Send(world, ref check, bytes.Span));
        }
        if (!TryMake(world, number, ref check, step.Bytes, step.BytesOf, false, out ByteView head)) return false;
        bool is10 = head.Span.Contains10();
        if (!SendHead(world, ref check, head.Span)) return false;
        // A format's text stands where the next is made: it was copied before.
        if (!TryMake(world, number, ref check, step.Body, step.BodyOf, false, out ByteView body)) return false;
        CheckProgram program = RunCheck.Settings(world, number).Program;
        StringBuilder more = new();
        if (program.SendsState)
            more.Append("x-haproxy-server-state: ").Append(State(world, number)).Append("\r\n");
        if (body.Length > 0) more.Append(CultureInfo.InvariantCulture, $"content-length: {body.Length}\r\n");
        if (is10 && step.KeepsConnection) more.Append("connection: keep-alive\r\n");
        else if (!is10 && step.ClosesConnection) more.Append("connection: close\r\n");
        more.Append("\r\n");
        return CheckConnection.Send(world, ref check, Encoding.Latin1.GetBytes(more.ToString()))
            && (body.Length == 0 || CheckConnection.Send(world, ref check, body.Span));
    }

    /// <summary>A format may have given no target: then it is the root.</summary>
    private static bool SendHead(World world, ref CheckRow check, ReadOnlySpan<byte> head)
    {
        int target = head.IndexOf((byte)' ') + 1;
        if (target == 0 || target == head.Length || head[target] != ' ') return CheckConnection.Send(world, ref check, head);
        return CheckConnection.Send(world, ref check, head[..target])
            && CheckConnection.Send(world, ref check, "/"u8)
            && CheckConnection.Send(world, ref check, head[target..]);
    }

    private static bool TryMake(
        World world, int number, ref CheckRow check, ByteView constant, LogProgram? format, bool isHexadecimal,
        out ByteView bytes)
    {
        bytes = constant;
        return format is null || CheckScope.TryBytes(world, number, ref check, format, isHexadecimal, out bytes);
    }

    /// <summary>The request is of HTTP/1.0, which says nothing of its connection.</summary>
    private static bool Contains10(this ReadOnlySpan<byte> request)
    {
        int end = request.IndexOf("\r\n"u8);
        return end >= 0 && !request[..end].EndsWith("HTTP/1.1"u8);
    }

    /// <summary>The value of <c>http-check send-state</c> (manual section 4.2).</summary>
    private static string State(World world, int number)
    {
        SharedWorld shared = world.Shared;
        Server server = world.Configuration.Servers[number / SharedWorld.ChecksPerServer];
        Proxy backend = world.Configuration.Proxies[server.Backend];
        ref BackendHealth counts = ref shared.Backend(backend.Number);
        SocketAddress address = world.Targets[(uint)server.Number].Address;
        ref SharedServer row = ref shared.Server(server.Number);
        int total = counts.Active > 0 ? counts.ActiveWeight : counts.BackupWeight;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ServerStatus.Text(world.Configuration, shared, server)}; address={ServerStatus.AddressText(address)}; "
            + $"port={address.Port}; name={backend.Name}/{server.Name}; node={NodeName(world)}; "
            + $"weight={StartHealth.EffectiveWeight(shared.Health(server.Number))}/{total}; "
            + $"scur={row.Served}/{shared.Proxy(backend.Number).BackendConnections}; qcur={row.Waiting}");
    }

    private static string NodeName(World world) => world.Process.Node.ToString();
}
