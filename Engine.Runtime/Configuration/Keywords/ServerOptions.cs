using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Options of <c>server</c> and <c>default-server</c> lines (manual section 5.2).</summary>
internal static unsafe class ServerOptions
{
    private const int WeightMax = 256;

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ServerOption> words = Words.ServerOptions;
        words.Add(new("backup", 0, "", &Backup));
        words.Add(new("disabled", 0, "", &Disabled));
        words.Add(new("enabled", 0, "", &Enabled));
        words.Add(new("hash-key", 1, "{ id | id32 | guid | addr | addr-port }", &HashKey));
        words.Add(new("id", 1, "<number>", &Id) { InDefaultServer = false });
        words.Add(new("max-reuse", 1, "<number>", &MaxReuse));
        words.Add(new("maxconn", 1, "<number>", &MaxConnections));
        words.Add(new("maxqueue", 1, "<number>", &MaxQueue));
        words.Add(new("minconn", 1, "<number>", &MinConnections));
        words.Add(new("no-backup", 0, "", &NoBackup));
        words.Add(new("non-stick", 0, "", &NonStick));
        words.Add(new("pool-conn-name", 1, "<expr>", &PoolConnectionName));
        words.Add(new("pool-low-conn", 1, "<number>", &PoolLowConnections));
        words.Add(new("pool-max-conn", 1, "<number>", &PoolMaxConnections));
        words.Add(new("pool-purge-delay", 1, "<time>", &PoolPurgeDelay));
        words.Add(new("redir", 1, "<prefix>", &Redirect));
        words.Add(new("no-tfo", 0, "", &NoFastOpen));
        words.Add(new("slowstart", 1, "<time>", &SlowStart));
        words.Add(new("stick", 0, "", &Stick));
        words.Add(new("cc", 1, "<algorithm>", &Congestion));
        words.Add(new("tcp-ut", 1, "<delay>", &UserTimeout));
        words.Add(new("tfo", 0, "", &FastOpen));
        words.Add(new("weight", 1, "<number>", &Weight));
    }

    private static void Backup(Directive line, ServerDraft server) => server.Target.Backup = true;

    private static void NonStick(Directive line, ServerDraft server) => server.Target.NonStick = true;

    private static void Stick(Directive line, ServerDraft server) => server.Target.NonStick = false;

    private static void NoBackup(Directive line, ServerDraft server) => server.Target.Backup = false;

    private static void Disabled(Directive line, ServerDraft server) => server.Target.Disabled = true;

    private static void Enabled(Directive line, ServerDraft server) => server.Target.Disabled = false;

    private static void HashKey(Directive line, ServerDraft server)
    {
        ServerHashKey? key = line.Next() switch
        {
            "id" => ServerHashKey.Id,
            "id32" => ServerHashKey.Id32,
            "guid" => ServerHashKey.Guid,
            "addr" => ServerHashKey.Address,
            "addr-port" => ServerHashKey.AddressAndPort,
            _ => null,
        };
        if (key is { } known) server.Target.HashKey = known;
        else Refuse(line, server, "'hash-key' has to be 'id', 'id32', 'guid', 'addr', or 'addr-port'");
    }

    private static void Id(Directive line, ServerDraft server)
    {
        string text = line.Next();
        if (text.Length == 0)
        {
            ServerKeyword.Refuse(line, server, "'id' : expects an integer argument.");
            return;
        }
        if (!ConfigurationUnits.TryInteger(text, out long id) || id is < 1 or > int.MaxValue)
        {
            // Ids are signed here, so the upper half of the reference's range is refused.
            long idMax = id > int.MaxValue && id <= uint.MaxValue ? int.MaxValue : uint.MaxValue;
            Refuse(line, server, $"'id' : custom id has to be between 1 and {idMax}.");
            return;
        }
        foreach (ServerDraft other in line.Proxy.Servers)
        {
            if (other.Target.Id != id) continue;
            ServerKeyword.Refuse(line, server, $"'id' : custom id {id} already used at "
                + $"{other.Target.File}:{other.Target.Line} ('server {other.Target.Name}').");
            return;
        }
        server.Target.Id = (int)id;
    }

    private static void MaxReuse(Directive line, ServerDraft server)
    {
        if (TakeInteger(line, server, "max-reuse", out int number)) server.Target.MaxReuse = Math.Max(-1, number);
    }

    private static void MaxConnections(Directive line, ServerDraft server)
    {
        if (TakeInteger(line, server, "maxconn", out int number)) server.Target.MaxConnections = Math.Max(0, number);
    }

    // A number that is missing counts as 0, as in the reference.
    private static void MaxQueue(Directive line, ServerDraft server) =>
        server.Target.MaxQueue = Math.Max(0, ConfigurationUnits.Integer(line.Next()));

    private static void MinConnections(Directive line, ServerDraft server) =>
        server.Target.MinConnections = Math.Max(0, ConfigurationUnits.Integer(line.Next()));

    /// <summary>
    /// A <c>minconn</c> by itself, or above <c>maxconn</c>, is the limit; one that equals it is none (manual section 5.2).
    /// </summary>
    internal static void SettleLimits(Server server)
    {
        server.MaxConnections = Math.Max(server.MaxConnections, server.MinConnections);
        if (server.MinConnections == server.MaxConnections) server.MinConnections = 0;
    }

    private static void PoolConnectionName(Directive line, ServerDraft server)
    {
        string text = line.Next();
        if (text.Length == 0)
        {
            ServerKeyword.Refuse(line, server, "'pool-conn-name' expects <value> as argument.");
            return;
        }
        ParsePlace place = new(line.Draft, line.Proxy, line.File, line.Line, SamplePlaces.Request);
        server.Target.PoolName = ParseExpression.Run(place, text, out string error);
        if (server.Target.PoolName is null)
        {
            ServerKeyword.Refuse(
                line, server, $"error detected while parsing sni or pool-conn-name expressions : {error}.");
        }
    }

    private static void PoolLowConnections(Directive line, ServerDraft server)
    {
        if (TakeInteger(line, server, "pool-low-conn", out int number))
            server.Target.PoolLowConnections = Math.Max(0, number);
    }

    private static void PoolMaxConnections(Directive line, ServerDraft server)
    {
        if (!TakeInteger(line, server, "pool-max-conn", out int number)) return;
        if (number < -1) ServerKeyword.Refuse(line, server, "'pool-max-conn' must be >= -1.");
        else server.Target.PoolMaxConnections = number;
    }

    private static void PoolPurgeDelay(Directive line, ServerDraft server)
    {
        if (!TakeText(line, server, "pool-purge-delay", out string text)) return;
        UnitFault fault = ConfigurationUnits.TryTimeMs(text, out uint milliseconds, out char bad);
        if (fault == UnitFault.BadCharacter)
            Refuse(line, server, $"unexpected character '{bad}' in argument to <pool-purge-delay>.");
        else if (fault == UnitFault.Overflow || milliseconds > ConfigurationUnits.TimerMaxMs)
        {
            Refuse(line, server, $"timer overflow in argument '{text}' to 'pool-purge-delay' "
                + "(maximum value is 2147483647 ms or ~24.8 days)");
        }
        else
        {
            if (fault == UnitFault.Surplus) TimeReader.WarnOfSurplus(line.Diagnostics, text, bad);
            server.Target.PoolPurgeDelayMs = milliseconds;
        }
    }

    private static void Redirect(Directive line, ServerDraft server)
    {
        string text = line.Next();
        if (text.Length == 0) Refuse(line, server, "'redir' expects <prefix> as argument.");
        else server.Target.RedirectPrefix = ByteView.Literal(text);
    }

    /// <summary>Rounded up to whole seconds.</summary>
    private static void SlowStart(Directive line, ServerDraft server)
    {
        string text = line.Next();
        UnitFault fault = ConfigurationUnits.TryTimeMs(text, out uint milliseconds, out char bad);
        if (milliseconds > ConfigurationUnits.TimerMaxMs) fault = UnitFault.Overflow;
        // The reference's message ends where the character would stand.
        if (text.Length == 0) Refuse(line, server, "unexpected character '");
        else if (fault == UnitFault.Overflow)
        {
            Refuse(line, server, $"overflow in argument <{text}> to <slowstart> of server {server.CalledName}, "
                + "maximum value is 2147483647 ms (~24.8 days).");
        }
        else if (fault is not (UnitFault.None or UnitFault.Surplus))
        {
            Refuse(line, server, $"unexpected character '{bad}' in 'slowstart' argument of server {server.CalledName}.");
        }
        else
        {
            if (fault == UnitFault.Surplus) TimeReader.WarnOfSurplus(line.Diagnostics, text, bad);
            server.Target.SlowStartMs = (milliseconds + 999) / 1000 * 1000;
        }
    }

    private static void FastOpen(Directive line, ServerDraft server) => server.Target.FastOpen = true;

    private static void NoFastOpen(Directive line, ServerDraft server) => server.Target.FastOpen = false;

    private static void Congestion(Directive line, ServerDraft server)
    {
        string name = line.Next();
        if (name.Length == 0) Refuse(line, server, "'cc' : missing TCP congestion control algorithm");
        else server.Target.Congestion = name;
    }

    private static void UserTimeout(Directive line, ServerDraft server)
    {
        string text = line.Next();
        UnitFault fault = ConfigurationUnits.TryTimeMs(text, out uint milliseconds, out char bad);
        if (text.Length == 0) Refuse(line, server, "'tcp-ut' : missing TCP User Timeout value");
        else if (fault == UnitFault.Overflow || milliseconds > ConfigurationUnits.TimerMaxMs)
        {
            Refuse(line, server, $"timer overflow in argument '{text}' to 'tcp-ut' (maximum value is 2147483647 ms or "
                + "~24.8 days)");
        }
        else if (fault == UnitFault.BadCharacter)
            Refuse(line, server, $"'tcp-ut' : expects a positive delay in milliseconds");
        else
        {
            string place = $"[{line.File}:{line.Line}] : {server.What}";
            if (fault == UnitFault.Surplus) TimeReader.WarnOfSurplus(line.Diagnostics, text, bad, place);
            server.Target.UserTimeoutMs = (int)milliseconds;
        }
    }

    private static void Weight(Directive line, ServerDraft server)
    {
        if (!TakeInteger(line, server, "weight", out int weight)) return;
        if (weight is < 0 or > WeightMax)
            Refuse(line, server, $"weight of server {server.CalledName} is not within 0 and 256 ({weight}).");
        else server.Target.Weight = weight;
    }

    private static bool TakeInteger(Directive line, ServerDraft server, string word, out int number)
    {
        bool taken = TakeText(line, server, word, out string text);
        number = ConfigurationUnits.Integer(text);
        return taken;
    }

    private static bool TakeText(Directive line, ServerDraft server, string word, out string text)
    {
        text = line.Next();
        if (text.Length > 0) return true;
        Refuse(line, server, $"'{word}' expects <value> as argument.");
        return false;
    }

    // The second full stop is the reference's; scripts that compare messages have seen it.
    private static void Refuse(Directive line, ServerDraft server, string text) =>
        ServerKeyword.Refuse(line, server, text + ".");
}
