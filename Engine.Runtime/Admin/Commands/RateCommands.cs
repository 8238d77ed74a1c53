using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Shared;

namespace Engine.Runtime.Admin.Commands;

/// <summary><c>set rate-limit</c> (management guide section 9.3).</summary>
internal static class RateCommands
{
    private static readonly string[] Usage =
    [
        "'set rate-limit' only supports :",
        "   - 'connections global' to set the per-process maximum connection rate",
        "   - 'sessions global' to set the per-process maximum session rate",
        "   - 'ssl-sessions global' to set the per-process maximum SSL session rate",
        "   - 'http-compression global' to set the per-process maximum compression speed in kB/s",
    ];

    [ModuleInitializer]
    internal static void Register() =>
        ServerCommands.Add("set rate-limit", AdminLevel.Admin, "<setting> <value>", Run, "change a rate limiting value");

    private static void Run(AdminRequest request)
    {
        string kind = request.Argument(0);
        string text = request.Argument(2);
        bool isKnown = kind is "connections" or "sessions" or "ssl-sessions" or "http-compression";
        if (!isKnown || request.Argument(1) != "global")
        {
            request.Refuse(string.Join('\n', Usage));
            return;
        }
        if (text.Length == 0)
        {
            request.Refuse("Expects an integer value.");
            return;
        }
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        _ = int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int rate);
        ref SharedProcess process = ref request.Engine.Shared.Process;
        if (kind == "connections") Volatile.Write(ref process.ConnectionRateMax, rate);
        else if (kind == "sessions") Volatile.Write(ref process.SessionRateMax, rate);
        else if (kind == "ssl-sessions") request.Engine.Configuration.Globals.TlsRateMax = rate;
        else request.Refuse("Compression is not there.");

        // Those that wait may come now.
        request.DoOnAll(static world => world.AdmitHeld = true);
    }
}
