using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>stats socket</c>, <c>stats timeout</c> and <c>stats maxconn</c> of the global section.</summary>
internal static unsafe class StatsKeyword
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new("stats", SectionKinds.Global, "{ socket | timeout | maxconn } ...", &Parse));

    private static void Parse(Directive line)
    {
        switch (line.Next())
        {
            case "socket":
                Socket(line);
                break;
            case "timeout":
                Timeout(line);
                break;
            case "maxconn":
                int number = ConfigurationUnits.Integer(line[2]);
                if (number <= 0) line.Alert("'stats maxconn' expects a positive value");
                else line.Draft.Globals.AdminMaxConnections = number;
                break;
            case "bind-process":
                line.Alert("'stats bind-process' is not supported anymore.");
                break;
            case "calculate-max-counters":
                line.Alert($"'stats {line[1]}' is not supported yet.");
                break;
            default:
                line.Alert("'stats' only supports 'socket', 'maxconn', 'bind-process', 'calculate-max-counters'  "
                    + $"and 'timeout' (got '{line[1]}')");
                break;
        }
    }

    private static void Timeout(Directive line)
    {
        UnitFault fault = ConfigurationUnits.TryTimeMs(line[2], out uint milliseconds, out char bad);
        if (fault == UnitFault.Overflow || milliseconds > ConfigurationUnits.TimerMaxMs)
        {
            line.Alert($"timer overflow in argument '{line[2]}' to 'stats timeout' "
                + "(maximum value is 2147483647 ms or ~24.8 days)");
        }
        else if (fault == UnitFault.BadCharacter) line.Alert($"'stats timeout' : unexpected character '{bad}'");
        else if (milliseconds == 0) line.Alert("'stats timeout' expects a positive value");
        else
        {
            if (fault == UnitFault.Surplus) TimeReader.WarnOfSurplus(line.Diagnostics, line[2], bad);
            line.Draft.Globals.AdminTimeoutMs = milliseconds;
        }
    }

    private static void Socket(Directive line)
    {
        string text = line.Next();
        if (text.Length == 0)
        {
            line.Alert("'stats socket' in global section expects an address or a path to a UNIX socket");
            return;
        }
        const AddressRules Rules = AddressRules.PortRequired | AddressRules.Resolves | AddressRules.Descriptor
            | AddressRules.DescriptorIsSocket | AddressRules.Unix | AddressRules.BindsPath;
        string? error = AddressReader.TryRead(text, Rules, line.Draft.Lookup, out ParsedAddress parsed);
        if (error is not null)
        {
            // The place stands twice: that is how the reference says it.
            line.Alert($"{line.Place()}'stats socket' : {error}");
            return;
        }
        BindDraft draft = new() { ForAdmin = true };
        int alertsBefore = line.Diagnostics.Alerts;
        BindOptionReader.Run(line, draft, "'stats socket'");
        if (line.Diagnostics.Alerts > alertsBefore) return;
        List<AdminSocket> sockets = [.. line.Draft.Globals.AdminSockets];
        sockets.Add(new AdminSocket
        {
            Address = parsed.Address,
            Path = parsed.Path,
            Abstract = parsed.Abstract,
            InheritedFd = parsed.Fd,
            UnixMode = draft.Listener.UnixMode,
            UnixUid = draft.Listener.UnixUid,
            UnixGid = draft.Listener.UnixGid,
            Level = draft.Level,
            SeverityOutput = draft.SeverityOutput,
            ExposesListeners = draft.ExposesListeners,
            Text = text,
            File = line.File,
            Line = line.Line,
        });
        line.Draft.Globals.AdminSockets = [.. sockets];
        OwnVariables.SetSockets(line.Draft.Globals.AdminSockets);
    }
}
