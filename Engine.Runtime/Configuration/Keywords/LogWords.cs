using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Where log lines go and how they look: <c>log</c>, <c>log-tag</c>, <c>log-format</c> (manual section 4.2).</summary>
internal static unsafe class LogWords
{
    private const int SyslogPort = 514;
    private const int LengthLeast = 80;
    private const int LengthMost = 65535;

    private static ReadOnlySpan<string> Facilities => new[]
    {
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "auth2", "ftp", "ntp",
        "audit", "alert", "cron2", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    };

    private static ReadOnlySpan<string> Levels => new[]
    {
        "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug",
    };

    [ModuleInitializer]
    internal static void Register()
    {
        const string Usage = "<address> [len <length>] [format <format>] [sample <ranges>:<size>] [profile <prof>] <facility> [<level> [<minimum level>]]";
        Words.Keywords.Add(new("log", SectionKinds.Global, Usage, &ParseGlobal) { MayBeNegated = true });
        Words.Keywords.Add(new("log", SectionKinds.Proxies, "{ global | " + Usage + " }", &ParseProxy)
        {
            MayBeNegated = true,
        });
        Words.Keywords.Add(new("log", SectionKinds.Peers, "{ global | " + Usage + " }", &ParsePeers) { MayBeNegated = true });
        Words.Keywords.Add(new("log-format", SectionKinds.Proxies, "<format>", &Format));
        Words.Keywords.Add(new("log-tag", SectionKinds.Global, "<text>", &GlobalTag));
        Words.Keywords.Add(new("log-tag", SectionKinds.Proxies, "<text>", &ProxyTag));
    }

    private static void ParseGlobal(Directive line)
    {
        List<LogTarget> targets = line.Draft.Parts.Get<LogPart>().Targets;
        if (line.Negated || line.ToDefault)
        {
            if (TakesNothing(line)) targets.Clear();
            return;
        }
        if (line[1] == "global") line.Alert("log : 'global' is not supported for a global syslog server");
        else if (TryReadTarget(line, "", out LogTarget target)) targets.Add(target);
    }

    private static void ParseProxy(Directive line)
    {
        LogPart part = line.Proxy.Parts.Get<LogPart>();
        if (line.ToDefault) line.Alert("log : expects <address> and <facility> or global as arguments");
        else if (line.Negated)
        {
            if (!TakesNothing(line)) return;
            part.Targets.Clear();
        }
        else if (line[1] == "global" && line.Count == 2) TakeGlobal(line, part.Targets);
        else if (TryReadTarget(line, " or global", out LogTarget target)) part.Targets.Add(target);
    }

    /// <summary>Where sessions of peers are logged: there are none yet, which the section's own notice says.</summary>
    private static void ParsePeers(Directive line)
    {
        if (line.ToDefault) line.Alert("log : expects <address> and <facility> or global as arguments");
        else if (line.Negated) TakesNothing(line);
        else if (line[1] != "global") TryReadTarget(line, " or global", out _);
        else if (line.Count > 2) line.Alert($"log : unknown log facility '{line[2]}'");
        else line.Next();
    }

    /// <summary><c>log global</c>: those targets that the global section has by now, each once.</summary>
    private static void TakeGlobal(Directive line, List<LogTarget> targets)
    {
        foreach (LogTarget target in line.Draft.Parts.Get<LogPart>().Targets)
        {
            if (!targets.Contains(target)) targets.Add(target);
        }
    }

    private static bool TakesNothing(Directive line)
    {
        if (line.Count == 1) return true;
        line.Alert("log : 'no log' does not expect arguments");
        return false;
    }

    private static bool TryReadTarget(Directive line, string orGlobal, out LogTarget target)
    {
        target = new LogTarget { File = line.File, Line = line.Line };
        string address = line.Next();
        if (line.Count < 3)
        {
            string gap = orGlobal.Length == 0 ? " " : "";
            line.Alert($"log : expects <address> and <facility>{orGlobal} {gap}as arguments");
            return false;
        }
        while (line.Peek() is "len" or "format")
        {
            if (!TakeOption(line, target)) return false;
        }
        if (line.TryTake("sample") && !LogSampleReader.TryRead(line, out target.Sample)) return false;
        if (line.TryTake("profile")) target.ProfileName = line.Next();
        return TakeFacility(line, target) && TakeLevels(line, target) && TakeAddress(line, address, target);
    }

    private static bool TakeOption(Directive line, LogTarget target)
    {
        string option = line.Next();
        string value = line.Next();
        if (option == "len")
        {
            int length = ConfigurationUnits.Integer(value);
            if (length is >= LengthLeast and <= LengthMost)
            {
                target.LengthMax = length;
                return true;
            }
            line.Alert($"log : invalid log length '{value}', must be between {LengthLeast} and {LengthMost}");
            return false;
        }
        LogLineFormat? format = value switch
        {
            "local" => LogLineFormat.Local,
            "rfc3164" => LogLineFormat.Rfc3164,
            "rfc5424" => LogLineFormat.Rfc5424,
            "priority" => LogLineFormat.Priority,
            "short" => LogLineFormat.Short,
            "timed" => LogLineFormat.Timed,
            "iso" => LogLineFormat.Iso,
            "raw" => LogLineFormat.Raw,
            _ => null,
        };
        if (format is null) line.Alert($"log : unknown log format '{value}'");
        else target.Format = format.Value;
        return format is not null;
    }

    private static bool TakeFacility(Directive line, LogTarget target)
    {
        string name = line.Next();
        target.Facility = Facilities.IndexOf(name);
        if (target.Facility >= 0) return true;
        line.Alert($"log : unknown log facility '{name}'");
        return false;
    }

    private static bool TakeLevels(Directive line, LogTarget target)
    {
        if (!line.AtEnd)
        {
            string name = line.Next();
            target.LevelMax = Levels.IndexOf(name);
            if (target.LevelMax < 0)
            {
                line.Alert($"log : unknown optional log level '{name}'");
                return false;
            }
        }
        if (!line.AtEnd)
        {
            string name = line.Next();
            target.LevelMin = Levels.IndexOf(name);
            if (target.LevelMin < 0)
            {
                line.Alert($"log : unknown optional minimum log level '{name}'");
                return false;
            }
        }
        if (line.AtEnd) return true;
        line.Alert($"log : cannot handle unexpected argument '{line.Peek()}'");
        return false;
    }

    private static bool TakeAddress(Directive line, string text, LogTarget target)
    {
        if (text is "stdout" or "stderr")
        {
            target.Kind = LogTargetKind.Descriptor;
            target.Fd = text == "stdout" ? 1 : 2;
            return true;
        }
        if (text.StartsWith("ring@", StringComparison.Ordinal) || text.StartsWith("backend@", StringComparison.Ordinal))
        {
            line.Alert($"log : address type '{text[..(text.IndexOf('@') + 1)]}' is not supported yet.");
            return false;
        }
        const AddressRules Rules = AddressRules.Port | AddressRules.Resolves | AddressRules.Descriptor
            | AddressRules.Unix | AddressRules.Datagram;
        string? error = AddressReader.TryRead(text, Rules, line.Draft.Lookup, out ParsedAddress parsed);
        if (error is not null)
        {
            line.Alert($"log : {error}");
            return false;
        }
        if (parsed.Fd >= 0)
        {
            target.Kind = LogTargetKind.Descriptor;
            target.Fd = parsed.Fd;
        }
        else if (parsed.Path is not null)
        {
            target.Kind = LogTargetKind.Unix;
            target.Path = parsed.Abstract ? "\0" + parsed.Path : parsed.Path;
        }
        else
        {
            target.Kind = LogTargetKind.Udp;
            target.Address = parsed.Address;
            if (target.Address.Port == 0) target.Address.Port = SyslogPort;
        }
        return true;
    }

    private static void Format(Directive line)
    {
        if (line.Count < 2) line.Alert("log-format expects an argument.");
        else if (line.Count > 2)
            line.Alert("log-format expects only one argument, don't forget to escape spaces!");
        else if (line.Section == SectionKinds.Backend)
            line.Warn($"backend '{line.Proxy.Name}' : 'log-format' directive is ignored in backends.");
        else
        {
            LogFormatOverride.Warn(line, line[0], LogFormatOverride.WordOf(line.Proxy));
            line.Proxy.LogFormatText = line[1];
            line.Proxy.LogFormatFile = line.File;
            line.Proxy.LogFormatLine = line.Line;
        }
    }

    private static void GlobalTag(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert("'log-tag' expects a tag for use in syslog.");
        else line.Draft.Globals.LogTag = line[1];
    }

    private static void ProxyTag(Directive line)
    {
        if (line.Count < 2) line.Alert("'log-tag' expects a tag for use in syslog.");
        else line.Proxy.Target.LogTag = line[1];
    }
}
