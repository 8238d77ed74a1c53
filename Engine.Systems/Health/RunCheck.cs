using System;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Time;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Connections;
using Engine.Systems.Http2;
using Engine.Systems.Logs;
using Engine.Systems.Tls;

namespace Engine.Systems.Health;

/// <summary>Carries out a check step by step, from one event of its connection to the next.</summary>
public static class RunCheck
{
    /// <summary>The check's turn has come.</summary>
    public static void Begin(World world, int number)
    {
        ref CheckRow check = ref world.Shared.CheckOf(number);
        const CheckFlags wanted = CheckFlags.Configured | CheckFlags.Enabled;
        const CheckFlags looked = wanted | CheckFlags.Paused;
        check.Flags &= ~CheckFlags.Hasten;
        if ((check.Flags & looked) != wanted)
        {
            FinishCheck.Skip(world, number, ref check);
            return;
        }
        check.Flags |= CheckFlags.Running;
        check.StartedNanoseconds = world.NowNanoseconds;
        check.Step = 0;
        check.Found = CheckStatus.Unknown;
        check.FoundCode = 0;
        check.FoundTextLength = 0;
        check.InputEnded = false;
        check.InputBroken = false;
        world.Shared.CheckVariables.Clear((uint)number);
        UniqueId.Forget(world, number);
        if (Settings(world, number).Program.Kind == CheckKind.External) ExternalChecks.Begin(world, number);
        else Advance(world, number, ref check);
    }

    /// <summary>The connection of a check was established, or could not be.</summary>
    public static void Connected(World world, uint row, ref Connection connection, int result)
    {
        int number = connection.Owner;
        ref CheckRow check = ref world.Shared.CheckOf(number);
        Check.That(check.Connection == row);
        world.Wheel.Remove(TimerWheel.ConnectionKind, row, ref connection.Timer);
        if (result < 0)
        {
            CheckFinding.Set(ref check, CheckStatus.Layer4Failed, 0, CheckTexts.ConnectFailure(world, number, check, -result));
            FinishCheck.Run(world, number, ref check);
            return;
        }
        connection.State = ConnectionState.Open;
        CheckConnection.Limit(world, ref check, TimeLeft(world, number, check));
        CheckSettings settings = Settings(world, number);
        CheckStep step = settings.Program.Steps[check.Step];
        if (!CheckConnection.GoesThroughSocks(world, number, step)) LedOn(world, row, ref connection);
        else if (!AskSocks.Run(world, row, ref connection, CheckConnection.Target(world, number, ref check, step)))
            NotLedOn(world, row, ref connection, isDenied: false);
    }

    /// <summary>The server itself is connected to.</summary>
    internal static void LedOn(World world, uint row, ref Connection connection)
    {
        int number = connection.Owner;
        ref CheckRow check = ref world.Shared.CheckOf(number);
        if (check.Connection == row && CheckPreamble.Begin(world, number, ref check, row, ref connection))
            Secure(world, row, ref connection);
    }

    /// <summary>The proxy on the way refused, or said nothing that makes sense.</summary>
    internal static void NotLedOn(World world, uint row, ref Connection connection, bool isDenied)
    {
        int number = connection.Owner;
        ref CheckRow check = ref world.Shared.CheckOf(number);
        if (check.Connection != row)
        {
            CloseConnection.Run(world, row, reset: true);
            return;
        }
        string why = isDenied ? "SOCKS4 Proxy deny the request" : "SOCKS4 Proxy read error during handshake";
        CheckFinding.Set(ref check, CheckStatus.SocketError, 0, why);
        FinishCheck.Run(world, number, ref check);
    }

    /// <summary>What goes before is on its way: the handshake is next, where there is one.</summary>
    internal static void Secure(World world, uint row, ref Connection connection)
    {
        int number = connection.Owner;
        CheckSettings settings = Settings(world, number);
        CheckStep step = settings.Program.Steps[world.Shared.CheckOf(number).Step];
        TlsServer? tls = world.Configuration.Servers[number / SharedWorld.ChecksPerServer].Tls;
        bool encrypts = step.IsDefault ? settings.Encrypted : step.Encrypts;
        if (tls != null && encrypts) BeginTls.Check(world, row, ref connection, tls, settings, step);
        else Established(world, row, ref connection);
    }

    /// <summary>The connection is there, and its handshake over where it has one.</summary>
    internal static void Established(World world, uint row, ref Connection connection)
    {
        int number = connection.Owner;
        ref CheckRow check = ref world.Shared.CheckOf(number);
        if (check.Connection != row) return;
        if (SpeaksHttp2(world, number, in check, row, ref connection))
        {
            uint stream = StartHttp2.Check(world, row, ref connection);
            if (stream == Table.NoRow)
            {
                CheckFinding.Set(ref check, CheckStatus.SocketError, 0, "");
                FinishCheck.Run(world, number, ref check);
                return;
            }
            check.Connection = stream;
            CheckConnection.Limit(world, ref check, TimeLeft(world, number, check));
        }
        else if (Settings(world, number).Program.Kind == CheckKind.Http)
        {
            CountHttp1.Opened(world, ref connection);
            CountHttp1.ExchangeBegun(world, connection);
        }
        check.Step++;
        Advance(world, number, ref check);
    }

    /// <summary>HTTP checks speak what was agreed on, else what <c>proto</c> or <c>check-proto</c> says.</summary>
    private static bool SpeaksHttp2(World world, int number, in CheckRow check, uint row, ref Connection connection)
    {
        CheckSettings settings = Settings(world, number);
        if (settings.Program.Kind != CheckKind.Http) return false;
        CheckStep step = settings.Program.Steps[check.Step];
        WireProtocol protocol = step.Protocol;
        if (step.IsDefault && protocol == WireProtocol.Unset) protocol = settings.Protocol;
        if (protocol != WireProtocol.Unset) return protocol == WireProtocol.Http2;
        return (connection.Flags & ConnectionFlags.Encrypted) != 0 && AgreedProtocol.IsHttp2(ref world.Tls!.States[row]);
    }

    /// <summary>The handshake failed.</summary>
    internal static void Insecure(World world, uint row, ref Connection connection, ReadOnlySpan<byte> why)
    {
        int number = connection.Owner;
        ref CheckRow check = ref world.Shared.CheckOf(number);
        if (check.Connection != row)
        {
            CloseConnection.Run(world, row, reset: true);
            return;
        }
        string text = System.Text.Encoding.Latin1.GetString(why) + CheckTexts.Place(world, number, check);
        CheckFinding.Set(ref check, CheckStatus.Layer6Invalid, 0, text);
        FinishCheck.Run(world, number, ref check);
    }

    /// <summary>The connection of a check received something, or its end.</summary>
    public static void Received(World world, uint row, ref Connection connection)
    {
        int number = connection.Owner;
        ref CheckRow check = ref world.Shared.CheckOf(number);
        if (check.Connection != row)
        {
            // Let go of, with words still to be sent: nothing else is of interest.
            connection.In.Clear(world.Buffers);
            if ((connection.Flags & (ConnectionFlags.PeerClosed | ConnectionFlags.Broken)) != 0)
                CloseConnection.Run(world, row, reset: true);
            return;
        }
        CheckConnection.TakeInput(world, ref check, ref connection);
        Advance(world, number, ref check);
    }

    /// <summary>The connection of a check took too long.</summary>
    public static void TimedOut(World world, uint row, ref Connection connection)
    {
        int number = connection.Owner;
        ref CheckRow check = ref world.Shared.CheckOf(number);
        if (check.Connection != row)
        {
            CloseConnection.Run(world, row, reset: true);
            return;
        }
        CheckStep step = Settings(world, number).Program.Steps[check.Step];
        CheckStatus status = step.Kind == CheckStepKind.Connect ? CheckStatus.Layer4Timeout : step.TimeoutStatus;
        CheckFinding.Set(ref check, status, 0, CheckTexts.Timeout(world, number, check));
        FinishCheck.Run(world, number, ref check);
    }

    public static CheckSettings Settings(World world, int number)
    {
        Server server = world.Configuration.Servers[number / SharedWorld.ChecksPerServer];
        return number % SharedWorld.ChecksPerServer == 0 ? server.Check : server.Agent;
    }

    /// <summary>Does steps until one has to wait, or the check is over.</summary>
    private static void Advance(World world, int number, ref CheckRow check)
    {
        CheckProgram program = Settings(world, number).Program;
        while (check.Step < program.Steps.Length)
        {
            CheckStep step = program.Steps[check.Step];
            switch (step.Kind)
            {
                case CheckStepKind.Connect:
                    Connect(world, number, ref check, step);
                    return;
                case CheckStepKind.Assign:
                    CheckScope.Assign(world, number, ref check, step.Assignment!);
                    break;
                case CheckStepKind.Send:
                case CheckStepKind.SendHttp:
                    CheckConnection.DropInput(world, ref check);
                    if (!SendCheck.Run(world, number, ref check, step))
                    {
                        CheckFinding.Set(ref check, CheckStatus.SocketError, 0, "");
                        FinishCheck.Run(world, number, ref check);
                        return;
                    }
                    break;
                default:
                    if (check.InputBroken && check.InputLength == 0)
                    {
                        CheckFinding.Set(ref check, CheckStatus.SocketError, 0, CheckTexts.Reset(world, number, check));
                        FinishCheck.Run(world, number, ref check);
                        return;
                    }
                    ExpectResult result = ExpectAnswer.Run(world, number, ref check, step);
                    if (result == ExpectResult.Wait)
                    {
                        AwaitMore(world, check);
                        return;
                    }
                    if (result == ExpectResult.Failed)
                    {
                        FinishCheck.Run(world, number, ref check);
                        return;
                    }
                    break;
            }
            check.Step++;
        }
        uint row = check.Connection;
        bool isEncrypted = row != Table.NoRow && (world.Connection[row].Flags & ConnectionFlags.Encrypted) != 0;
        CheckFinding.Complete(program, ref check, isEncrypted);
        FinishCheck.Run(world, number, ref check);
    }

    private static void Connect(World world, int number, ref CheckRow check, CheckStep step)
    {
        CheckConnection.Close(world, ref check);
        if (!CheckConnection.Open(world, number, ref check, step))
        {
            CheckFinding.Set(ref check, CheckStatus.SocketError, 0, "");
            FinishCheck.Run(world, number, ref check);
            return;
        }
        ref readonly ProxyTimeouts timeouts = ref BackendOf(world, number).Timeouts;
        uint interval = Settings(world, number).IntervalMs;
        bool own = timeouts.CheckMs != 0 && timeouts.ConnectMs != 0;
        uint limit = own ? Math.Min(timeouts.ConnectMs, interval) : Left(world, check, interval);
        CheckConnection.Limit(world, ref check, limit);
    }

    /// <summary>
    /// What is left for the conversation: <c>timeout check</c>, or what the interval leaves.
    /// </summary>
    private static uint TimeLeft(World world, int number, in CheckRow check)
    {
        uint limit = BackendOf(world, number).Timeouts.CheckMs;
        return limit != 0 ? limit : Left(world, check, Settings(world, number).IntervalMs);
    }

    private static uint Left(World world, in CheckRow check, uint interval)
    {
        long passed = (world.NowNanoseconds - check.StartedNanoseconds) / 1_000_000;
        return (uint)Math.Max(1, interval - passed);
    }

    private static Proxy BackendOf(World world, int number) =>
        world.Configuration.Proxies[world.Configuration.Servers[number / SharedWorld.ChecksPerServer].Backend];

    private static void AwaitMore(World world, in CheckRow check) =>
        ArmReceive.Small(world, check.Connection, ref world.Connection[check.Connection], OperationFlags.None);
}
