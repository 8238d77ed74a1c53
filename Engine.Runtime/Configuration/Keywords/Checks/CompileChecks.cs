using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Runtime.Tls;
using Engine.Systems.Logs;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>Makes the program of a backend's checks when all its lines are read.</summary>
internal static unsafe class CompileChecks
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.ProxyChecks.Add(new("health checks", 600, &Run));
        Words.ProxyChecks.Add(new("ports of health checks", 20, &CheckPorts) { Late = true });
    }

    private static void Run(ConfigurationDraft draft, ProxyDraft proxy)
    {
        CheckPart part = proxy.Parts.Find<CheckPart>() ?? new CheckPart();
        WarnOfUnusedRules(draft, proxy, part);
        WarnOfProgram(draft, proxy, part);
        if (!proxy.HasBackend)
        {
            if (part.Kind == CheckKind.External) CanRunPrograms(draft, proxy, part);
            return;
        }
        CheckProgram? program = Compile(draft, proxy, part);
        if (program is null) return;
        foreach (ServerDraft server in proxy.Servers)
        {
            Server target = server.Target;
            target.Check.Program = program;
            if (!Complete(server, part, target.Check) && target.IsChecked)
            {
                draft.Diagnostics.AlertBare($"config: backend '{proxy.Name}': server '{target.Name}' uses an incompatible "
                    + "MUX protocol for the selected check type");
            }
        }
    }

    /// <summary>When all else is right: whether it is known where to connect.</summary>
    private static void CheckPorts(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (!proxy.HasBackend) return;
        CheckPart part = proxy.Parts.Find<CheckPart>() ?? new CheckPart();
        foreach (ServerDraft server in proxy.Servers)
        {
            Server target = server.Target;
            if (!target.IsChecked || target.Check.Program is not { } program) continue;
            if (MissingPort(target, program, part) is not { } missing) continue;
            draft.Diagnostics.AlertBare($"config: backend '{proxy.Name}': server '{target.Name}' has neither {missing}.");
            draft.Diagnostics.FailedLate = true;
        }
    }

    /// <summary>
    /// What the server line says of checks, together with what the proxy says. False: they cannot be together.
    /// </summary>
    private static bool Complete(ServerDraft server, CheckPart part, CheckSettings check)
    {
        ServerCheckPart own = server.Parts.Find<ServerCheckPart>() ?? new ServerCheckPart();
        bool sameTarget = check.Port == 0 && check.Address.Family == AddressFamily.Unspecified;
        check.SendsProxy = own.SendsProxy || (sameTarget && !server.Target.IsAdded && server.Target.ProxyHeader.IsSent);
        if (part.Kind == CheckKind.Http && own.NamesItself && part.HostName is { Length: > 0 } host)
            check.ServerName = ByteView.Literal(SharedSettings.Zeroed(host));
        check.Protocol = own.HasProtocol ? own.Protocol : sameTarget ? server.Target.Protocol : WireProtocol.Unset;
        return !own.HasProtocol || own.IsForHttp == (part.Kind == CheckKind.Http);
    }

    /// <summary>
    /// What is missed where nothing says a port to check; null: something does. Without an address the check just fails.
    /// </summary>
    private static string? MissingPort(Server server, CheckProgram program, CheckPart part)
    {
        const string ports = "service port nor check port";
        if (server.Check.Port != 0 || (server.Address.Port != 0 && !server.MapsPort)) return null;
        if (!HasAddress(server) || program.Kind == CheckKind.External) return null;
        bool isEmpty = part.Kind == CheckKind.Connection || (part.Kind == CheckKind.Tcp && part.TcpRules.Count == 0);
        if (isEmpty) return ports;
        CheckStep? first = Array.Find(program.Steps, static step => step.Kind != CheckStepKind.Assign);
        if (first is not { Kind: CheckStepKind.Connect } || first.Port == 0)
            return ports + " nor tcp_check rule 'connect' with port information";
        bool lacksOne = Array.Exists(program.Steps, static step => step is { Kind: CheckStepKind.Connect, Port: 0 });
        return lacksOne ? ports + ", and a tcp_check rule 'connect' with no port information" : null;
    }

    /// <summary>Not so where the address is one that the Runtime API or a state file is to give.</summary>
    private static bool HasAddress(Server server)
    {
        SocketAddress address = server.Check.Address.Family != AddressFamily.Unspecified ? server.Check.Address : server.Address;
        return address.Family is AddressFamily.Inet or AddressFamily.Inet6 && address.AddressBytes.ContainsAnyExcept((byte)0);
    }

    private static void WarnOfUnusedRules(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        if (part.HttpRules.Count > 0 && !part.HttpInherited && part.Kind != CheckKind.Http) Warn("http-check", "httpchk");
        if (part.TcpRules.Count > 0 && !part.TcpInherited && part.Kind != CheckKind.Tcp) Warn("tcp-check", "tcp-check");

        void Warn(string rules, string option) =>
            draft.Diagnostics.Warn($"{proxy.KindWord} '{proxy.Name}' uses {rules} rules without 'option {option}', so the rules "
                + "are ignored.");
    }

    private static void WarnOfProgram(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        if (part.Command is not null && part.Kind != CheckKind.External) Warn("command");
        if (part.CommandPath is not null && part.Kind != CheckKind.External) Warn("path");
        if (part.Command is not null && part.CommandPath is null && !part.Command.StartsWith('/'))
        {
            draft.Diagnostics.AlertBare($"Proxy '{proxy.Name}': 'external-check command' does not have a leading '/' and "
                + "'external-check path' is not set.");
        }

        void Warn(string word) =>
            draft.Diagnostics.Warn($"'external-check {word}' will be ignored for {proxy.KindWord} '{proxy.Name}' (requires "
                + "'option external-check').");
    }

    /// <summary>Null after an alert.</summary>
    private static CheckProgram? Compile(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        CheckStep connect = new() { IsDefault = true };
        CheckStep[] steps;
        switch (part.Kind)
        {
            case CheckKind.Connection:
                return CheckProgram.ConnectOnly;
            case CheckKind.Tcp:
                steps = TcpSteps(part.TcpRules);
                break;
            case CheckKind.Http:
                steps = HttpSteps(draft, proxy, part);
                break;
            case CheckKind.External:
                if (!CanRunPrograms(draft, proxy, part)) return null;
                steps = [connect];
                break;
            default:
                steps = [connect, .. ProtocolSteps.Of(part, draft.Globals.BufferSize)];
                break;
        }
        return new CheckProgram(part.Kind, steps)
        {
            DisablesOn404 = part.DisablesOn404,
            SendsState = part.SendsState,
            Command = part.Command,
            CommandPath = part.CommandPath,
        };
    }

    private static bool CanRunPrograms(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        bool can = HasProgram(draft, proxy, part);
        if (!draft.Globals.WantsFork)
        {
            draft.Diagnostics.WarnBare($"Proxy '{proxy.Name}' : 'insecure-fork-wanted' not enabled in the global section, "
                + "'option external-check' will likely fail.");
        }
        return can;
    }

    private static bool HasProgram(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        string place = $"Proxy '{proxy.Name}' : 'option external-check' unable to find required";
        if (!draft.Globals.AllowsExternalChecks) draft.Diagnostics.AlertBare($"{place} 'global.external-check'.");
        if (part.Command is null) draft.Diagnostics.AlertBare($"{place} 'external-check command'.");
        return draft.Globals.AllowsExternalChecks && part.Command is not null;
    }

    /// <summary>The rules with their numbers; a connection comes first even where nobody wrote it.</summary>
    private static CheckStep[] TcpSteps(List<CheckRule> rules)
    {
        List<CheckStep> steps = [];
        Number(rules, steps);
        CheckStep? first = steps.Find(static step => step.Kind != CheckStepKind.Assign);
        if (first is not { Kind: CheckStepKind.Connect }) steps.Insert(0, new CheckStep { IsDefault = true });
        return [.. steps];
    }

    private static void Number(List<CheckRule> rules, List<CheckStep> steps)
    {
        string comment = "";
        for (int i = 0; i < rules.Count; i++)
        {
            CheckStep step = rules[i].Step;
            string before = comment;
            comment = rules[i].IsComment ? step.Comment : ""; // it is of the next rule alone
            if (!rules[i].IsComment)
                steps.Add(step.WithPlace(i + 1, step.Comment.Length > 0 ? step.Comment : before));
        }
    }

    private static CheckStep[] HttpSteps(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        List<CheckStep> steps = [];
        bool connects = part.HttpRules.Exists(static rule => !rule.IsComment && rule.Step.Kind == CheckStepKind.Connect);
        if (!connects) steps.Add(new CheckStep { IsDefault = true });
        bool sent = false;
        string comment = "";
        int place = 0;
        foreach (CheckRule rule in part.HttpRules)
        {
            string before = comment;
            comment = rule.IsComment ? rule.Step.Comment : ""; // it is of the next rule alone
            if (rule.IsComment) continue;
            CheckStep step = rule.Step.Kind == CheckStepKind.SendHttp ? Request(draft, proxy, part, rule) : rule.Step;
            if (step.Kind != CheckStepKind.Assign) place++;
            step = step.WithPlace(place, step.Comment.Length > 0 ? step.Comment : before);
            if (step.Kind == CheckStepKind.Expect && !sent) steps.Add(Request(draft, proxy, part, null));
            if (step.Kind != CheckStepKind.Assign) sent = step.Kind != CheckStepKind.Connect;
            steps.Add(step);
        }
        if (!steps.Exists(static step => step.Kind == CheckStepKind.SendHttp)) steps.Add(Request(draft, proxy, part, null));
        CheckStep? last = steps.FindLast(static step => step.Kind != CheckStepKind.Assign);
        if (last is not { Kind: CheckStepKind.Expect }) steps.Add(AnyGoodStatus());
        return [.. steps];
    }

    /// <summary>What is expected where nothing is said: 2xx and 3xx (manual, <c>option httpchk</c>).</summary>
    private static CheckStep AnyGoodStatus() => new()
    {
        Kind = CheckStepKind.Expect,
        Expect = ExpectKind.HttpStatus,
        Statuses = [(200, 399)],
    };

    /// <summary>The request as one format; one without items is constant.</summary>
    private static CheckStep Request(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part, CheckRule? rule)
    {
        StringBuilder head = new();
        head.Append(CheckRule.Escape(rule?.Method ?? part.Method)).Append(' ');
        head.Append(rule?.Target ?? CheckRule.Escape(part.Target)).Append(' ');
        head.Append(CheckRule.Escape(rule?.Version ?? part.Version)).Append("\r\n");
        string fields = rule?.Fields ?? "";
        bool hasHost = fields.StartsWith("host: ") || fields.Contains("\r\nhost: ");
        if (part.Host.Length > 0 && !hasHost) head.Append("host: ").Append(CheckRule.Escape(part.Host)).Append("\r\n");
        head.Append(fields);
        ParsePlace place = new(draft, proxy, proxy.File, proxy.Line, SamplePlaces.TcpCheck);
        LogProgram? format = CompileFormat.Run(place, head.ToString(), forLogs: false, out _, isPlain: true);
        // Every part of it was compiled before.
        bool isConstant = format!.Steps.Length == 1 && format.Steps[0].Literal.Length > 0;
        return new CheckStep
        {
            Kind = CheckStepKind.SendHttp,
            Bytes = isConstant ? format.Steps[0].Literal : default,
            BytesOf = isConstant ? null : format,
            Body = ByteView.Literal(rule?.Body ?? ""),
            BodyOf = rule?.BodyOf,
            ClosesConnection = rule is not { SaysConnection: true } || rule.SaysClose,
            KeepsConnection = rule is { SaysKeepAlive: true },
            Comment = rule?.Step.Comment ?? "",
        };
    }
}
