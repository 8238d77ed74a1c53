using System;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Forward;
using Engine.Systems.Timers;

namespace Engine.Systems.Health;

/// <summary>The connection of a check: opened, closed, given bytes, relieved of bytes.</summary>
public static unsafe class CheckConnection
{
    /// <summary>Begins a connection as a step says; false when the thread has no row for it.</summary>
    public static bool Open(World world, int number, ref CheckRow check, CheckStep step)
    {
        uint row = world.Connections.Take();
        if (row == Table.NoRow) return false;
        ref Connection connection = ref world.Connection[row];
        connection = default;
        connection.Fd = -1;
        connection.Stream = Table.NoRow;
        connection.Owner = number;
        connection.State = ConnectionState.Connecting;
        connection.Flags = ConnectionFlags.ServerSide | ConnectionFlags.Check;
        world.Link[row] = default;
        check.Connection = row;
        ref Operation operation = ref world.Operations.Add();
        operation.Kind = OperationKind.Connect;
        operation.Owner = new OperationOwner(OperationKind.Connect, row, world.Connections.Generation(row));
        operation.Fd = -1;
        Aim(ref operation, world, number, ref check, step, row);
        operation.Descriptor = &world.Connection.Address(row)->Fd;
        connection.OperationsInFlight = 1;
        return true;
    }

    /// <summary>Lets go of the connection, if there is one, and of what it brought.</summary>
    public static void Close(World world, ref CheckRow check, bool lingers = false)
    {
        DropInput(world, ref check);
        check.InputEnded = false;
        check.InputBroken = false;
        uint row = check.Connection;
        if (row == Table.NoRow) return;
        check.Connection = Table.NoRow;
        ref Connection connection = ref world.Connection[row];
        bool sends = !connection.Out.IsEmpty && connection.State == ConnectionState.Open;
        if (sends && (connection.Flags & ConnectionFlags.Broken) == 0)
        {
            // Its last words go out first; the time it had stays its limit.
            connection.Flags |= ConnectionFlags.CloseWhenSent;
            ListConnection.ToSend(world, row, ref connection);
            return;
        }
        CloseConnection.Run(world, row, reset: !lingers);
    }

    /// <summary>Puts bytes on their way; false when there is no buffer for them.</summary>
    public static bool Send(World world, ref CheckRow check, ReadOnlySpan<byte> bytes)
    {
        ref Connection connection = ref world.Connection[check.Connection];
        if (!AppendBytes.Run(world, ref connection.Out, bytes)) return false;
        ListConnection.ToSend(world, check.Connection, ref connection);
        return true;
    }

    /// <summary>Moves what was received into the check's own buffer; what does not fit there is thrown away.</summary>
    public static void TakeInput(World world, ref CheckRow check, ref Connection connection)
    {
        BufferSlab slab = world.Buffers;
        if (!connection.In.IsEmpty && check.Input.IsNone) check.Input = slab.Take(BufferClass.Standard);
        while (!connection.In.IsEmpty)
        {
            Span<byte> bytes = connection.In.First(slab);
            int room = check.Input.IsNone ? 0 : slab.SizeOf(check.Input) - check.InputLength;
            int count = Math.Min(room, bytes.Length);
            if (count > 0)
            {
                bytes[..count].CopyTo(new Span<byte>(slab.Address(check.Input) + check.InputLength, count));
                check.InputLength += count;
            }
            if (count < bytes.Length) check.InputEnded = true; // no more will be looked at
            connection.In.Consume(slab, bytes.Length);
        }
        if ((connection.Flags & (ConnectionFlags.PeerClosed | ConnectionFlags.Broken)) != 0) check.InputEnded = true;
        if ((connection.Flags & (ConnectionFlags.WasReset | ConnectionFlags.Broken)) != 0) check.InputBroken = true;
    }

    /// <summary>What was received since the last send.</summary>
    public static Span<byte> Input(World world, ref CheckRow check) =>
        check.Input.IsNone ? default : new Span<byte>(world.Buffers.Address(check.Input), check.InputLength);

    public static void DropInput(World world, ref CheckRow check)
    {
        if (!check.Input.IsNone) world.Buffers.Return(check.Input);
        check.Input = BufferRef.None;
        check.InputLength = 0;
    }

    /// <summary>Sets how long the connection may take for what comes next, milliseconds.</summary>
    public static void Limit(World world, ref CheckRow check, uint milliseconds) =>
        SetTimeout.Connection(world, check.Connection, ref world.Connection[check.Connection], Math.Max(1, milliseconds));

    /// <summary>Where a check's connection goes: the step says, or the check, or the server.</summary>
    public static SocketAddress Target(World world, int number, ref CheckRow check, CheckStep step)
    {
        Server server = world.Configuration.Servers[number / SharedWorld.ChecksPerServer];
        bool agent = number % SharedWorld.ChecksPerServer != 0;
        CheckSettings settings = agent ? server.Agent : server.Check;
        SocketAddress own = world.Targets[(uint)server.Number].Address;
        SocketAddress target = own;
        if (settings.Address.Family != AddressFamily.Unspecified) target = settings.Address;
        if (step.Address.Family != AddressFamily.Unspecified) target = step.Address;
        if (target.Family == AddressFamily.Unix) return target;
        int port = step.Port;
        if (step.PortOf is { } expression) port = PortOf(CheckScope.Number(world, number, ref check, null, expression));
        if (port == 0) port = settings.Port != 0 ? settings.Port : own.Port;
        target.Port = (ushort)port;
        return target;
    }

    /// <summary><c>check-via-socks4</c>, or <c>via-socks4</c> of a step.</summary>
    public static bool GoesThroughSocks(World world, int number, CheckStep step)
    {
        Server server = world.Configuration.Servers[number / SharedWorld.ChecksPerServer];
        bool agent = number % SharedWorld.ChecksPerServer != 0;
        return !agent && (step.ViaSocks || step.IsDefault && server.Check.ViaSocks) && ServerTargets.ThroughSocks(server);
    }

    /// <summary>What is no port is none.</summary>
    private static int PortOf(long number) => number is > 0 and <= ushort.MaxValue ? (int)number : 0;

    private static void Aim(
        ref Operation connect, World world, int number, ref CheckRow check, CheckStep step, uint row)
    {
        Server server = world.Configuration.Servers[number / SharedWorld.ChecksPerServer];
        SocketAddress target = Target(world, number, ref check, step);
        connect.Length = 1;
        if (target.Family == AddressFamily.Unix)
        {
            connect.Data = world.Targets.Address((uint)server.Number);
            return;
        }
        ConnectAddresses* own = world.OwnTarget.Address(row);
        own->Target = GoesThroughSocks(world, number, step) ? server.Socks : target;
        ServerTargets.SetOwn(own, server);
        connect.Length = ConnectAddresses.All;
        connect.Data = own;
    }
}
