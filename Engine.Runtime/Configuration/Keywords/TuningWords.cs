using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>tune.</c> words that the engine has a use for (manual section 3.2).</summary>
internal static unsafe class TuningWords
{
    // Offsets into a buffer are 32 bits; a buffer larger than this is a mistake.
    private const uint SizeMax = 256 << 20;

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("tune.bufsize", SectionKinds.Global, "<size>", &BufferSize));
        words.Add(new("tune.http.cookielen", SectionKinds.Global, "<number>", &CookieLength));
        words.Add(new("tune.http.logurilen", SectionKinds.Global, "<number>", &LogUriLength));
        words.Add(new("tune.http.maxhdr", SectionKinds.Global, "<number>", &MaxHeaders));
        words.Add(new("tune.idle-pool.shared", SectionKinds.Global, "{ on | off }", &SharedPool));
        words.Add(new("tune.maxaccept", SectionKinds.Global, "<number>", &MaxAccept));
        words.Add(new("tune.maxrewrite", SectionKinds.Global, "<size>", &MaxRewrite));
        words.Add(new("tune.pool-high-fd-ratio", SectionKinds.Global, "<percent>", &PoolHighFdRatio));
        words.Add(new("tune.rcvbuf.client", SectionKinds.Global, "<size>", &ClientReceiveBuffer));
        words.Add(new("tune.sndbuf.client", SectionKinds.Global, "<size>", &ClientSendBuffer));
        words.Add(new("tune.rcvbuf.server", SectionKinds.Global, "<size>", &ServerReceiveBuffer));
        words.Add(new("tune.sndbuf.server", SectionKinds.Global, "<size>", &ServerSendBuffer));
        words.Add(new("tune.notsent-lowat.client", SectionKinds.Global, "<size>", &ClientNotSentLow));
        words.Add(new("tune.notsent-lowat.server", SectionKinds.Global, "<size>", &ServerNotSentLow));
        words.Add(new("tune.pool-low-fd-ratio", SectionKinds.Global, "<percent>", &PoolLowFdRatio));
    }

    /// <summary>Threads keep their idle connections for themselves: <c>off</c> is what there is.</summary>
    private static void SharedPool(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line[1] is "on" or "full") line.Alert($"'{line[0]} {line[1]}' is not supported yet.");
        else if (line[1] != "off") line.Alert($"'{line[0]}' expects 'full', 'on' or 'off' but got '{line[1]}'.");
    }

    private static void BufferSize(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects an integer argument");
            return;
        }
        UnitFault fault = ConfigurationUnits.TrySize(line[1], out uint bytes, out int badAt);
        if (fault != UnitFault.None) line.Alert($"unexpected '{line[1][badAt..]}' after size passed to '{line[0]}'");
        else if (bytes > SizeMax)
            line.Alert($"'{line[0]}' expects a size of at most {SizeMax} bytes.");
        else if (bytes == 0) line.Alert($"'{line[0]}' expects a positive integer argument.");
        else line.Draft.Globals.BufferSize = (int)((bytes + 15) & ~15u);
    }

    private static void LogUriLength(Directive line)
    {
        if (TakeNumber(line, ".", out int number)) line.Draft.Globals.LogUriLength = number;
    }

    private static void CookieLength(Directive line)
    {
        if (TakeNumber(line, ".", out int number)) line.Draft.Globals.CookieLengthMax = number;
    }

    private static void MaxHeaders(Directive line)
    {
        if (!TakeNumber(line, ".", out int number)) return;
        if (number is < 1 or > 32767) line.Alert($"'{line[0]}' expects a numeric value between 1 and 32767");
        else line.Draft.Globals.MaxHeaders = number;
    }

    private static void MaxAccept(Directive line)
    {
        if (!TakeNumber(line, "", out int number)) return;
        // The reference reads 64 bits here.
        if (ConfigurationUnits.TryInteger(line[1], out long whole) && whole > int.MaxValue)
            line.Alert($"'{line[0]}' expects -1 or an integer from 0 to INT_MAX.");
        else line.Draft.Globals.MaxAccept = Math.Max(number, 0);
    }

    private static void MaxRewrite(Directive line)
    {
        if (!TakeNumber(line, ".", out int number)) return;
        if (number < 0) line.Alert($"'{line[0]}' expects a positive integer argument.");
        else line.Draft.Globals.MaxRewrite = number;
    }

    private static void ClientReceiveBuffer(Directive line) =>
        TakeSocketBuffer(line, ref line.Draft.Globals.ClientReceiveBuffer);

    private static void ClientSendBuffer(Directive line) =>
        TakeSocketBuffer(line, ref line.Draft.Globals.ClientSendBuffer);

    private static void ServerReceiveBuffer(Directive line) =>
        TakeSocketBuffer(line, ref line.Draft.Globals.ServerReceiveBuffer);

    private static void ServerSendBuffer(Directive line) =>
        TakeSocketBuffer(line, ref line.Draft.Globals.ServerSendBuffer);

    private static void ClientNotSentLow(Directive line) =>
        TakeSocketBuffer(line, ref line.Draft.Globals.ClientNotSentLow);

    private static void ServerNotSentLow(Directive line) =>
        TakeSocketBuffer(line, ref line.Draft.Globals.ServerNotSentLow);

    private static void TakeSocketBuffer(Directive line, ref int size)
    {
        if (line.RefusesMoreThan(1)) return;
        if (size != 0) line.Complain($"'{line[0]}' already specified. Continuing.");
        else if (line.Count < 2) line.Alert($"'{line[0]}' expects an integer argument.");
        else if (ConfigurationUnits.TrySize(line[1], out uint bytes, out int badAt) != UnitFault.None)
            line.Alert($"unexpected '{line[1][badAt..]}' after size passed to '{line[0]}'");
        else size = (int)Math.Min(bytes, int.MaxValue);
    }

    private static void PoolHighFdRatio(Directive line)
    {
        if (TakePercent(line, out int percent)) line.Draft.Globals.PoolHighFdRatio = percent;
    }

    private static void PoolLowFdRatio(Directive line)
    {
        if (TakePercent(line, out int percent)) line.Draft.Globals.PoolLowFdRatio = percent;
    }

    private static bool TakePercent(Directive line, out int percent)
    {
        percent = 0;
        if (line.RefusesMoreThan(1)) return false;
        percent = line.Count < 2 ? -1 : ConfigurationUnits.Integer(line[1]);
        if (percent is >= 0 and <= 100) return true;
        line.Alert($"'{line[0]}' expects an integer argument between 0 and 100.");
        return false;
    }

    private static bool TakeNumber(Directive line, string stop, out int number)
    {
        number = 0;
        if (line.RefusesMoreThan(1)) return false;
        if (line.Count < 2)
        {
            line.Alert($"'{line[0]}' expects an integer argument{stop}");
            return false;
        }
        number = ConfigurationUnits.Integer(line[1]);
        return true;
    }
}
