using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Messages;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>Makes the program of a backend's checks when all its lines are read.</summary>
internal static unsafe class CompileChecks
{
    [ModuleInitializer]
    internal static void Register() => Words.ProxyChecks.Add(new("health checks", 600, &Run));

    private static void Run(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (!proxy.HasBackend) return;
        CheckPart part = proxy.Parts.Find<CheckPart>() ?? new CheckPart();
        WarnOfUnusedRules(draft, proxy, part);
        CheckProgram? program = Compile(draft, proxy, part);
        if (program is null) return;
        foreach (ServerDraft server in proxy.Servers)
        {
            Server target = server.Target;
            target.Check.Program = program;
            if (target.IsChecked && target.Path is null && NeedsPort(target, program))
            {
                draft.Diagnostics.AlertBare(
                    $"config: backend '{proxy.Name}': server '{target.Name}' has neither service port nor check port.");
            }
        }
    }

    private static bool NeedsPort(Server server, CheckProgram program)
    {
        if (server.Check.Port != 0 || (server.Address.Port != 0 && !server.MapsPort)) return false;
        if (program.Kind == CheckKind.External) return false;
        foreach (CheckStep step in program.Steps)
            if (step.Kind == CheckStepKind.Connect && step.Port == 0) return true;
        return false;
    }

    private static void WarnOfUnusedRules(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        if (part.TcpRules.Count > 0 && !part.TcpInherited && part.Kind != CheckKind.Tcp) Warn("tcp-check", "tcp-check");
        if (part.HttpRules.Count > 0 && !part.HttpInherited && part.Kind != CheckKind.Http) Warn("http-check", "httpchk");

        void Warn(string rules, string option) =>
            draft.Diagnostics.Warn($"backend '{proxy.Name}' uses {rules} rules without 'option {option}', so the rules "
                + "are ignored.");
    }

    /// <summary>Null after an alert.</summary>
    private static CheckProgram? Compile(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        CheckStep connect = new();
        CheckStep[] steps;
        switch (part.Kind)
        {
            case CheckKind.Connection:
                return CheckProgram.ConnectOnly;
            case CheckKind.Tcp:
                steps = TcpSteps(part.TcpRules);
                break;
            case CheckKind.Http:
                if (HttpSteps(draft, proxy, part) is not { } made) return null;
                steps = made;
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
        if (part.Command is null)
        {
            draft.Diagnostics.AlertBare($"Proxy '{proxy.Name}' : 'option external-check' unable to find required "
                + "'external-check command'.");
            return false;
        }
        if (draft.Globals.AllowsExternalChecks) return true;
        draft.Diagnostics.AlertBare(
            $"Proxy '{proxy.Name}' : 'option external-check' unable to find required 'global.external-check'.");
        return false;
    }

    /// <summary>The rules with their numbers; a connection comes first even where nobody wrote it.</summary>
    private static CheckStep[] TcpSteps(List<CheckRule> rules)
    {
        List<CheckStep> steps = [];
        Number(rules, steps);
        if (steps.Count == 0 || steps[0].Kind != CheckStepKind.Connect) steps.Insert(0, new CheckStep());
        return [.. steps];
    }

    private static void Number(List<CheckRule> rules, List<CheckStep> steps)
    {
        string comment = "";
        for (int i = 0; i < rules.Count; i++)
        {
            CheckStep step = rules[i].Step;
            if (rules[i].IsComment) comment = step.Comment;
            else steps.Add(step.WithPlace(i + 1, step.Comment.Length > 0 ? step.Comment : comment));
        }
    }

    private static CheckStep[]? HttpSteps(ConfigurationDraft draft, ProxyDraft proxy, CheckPart part)
    {
        List<CheckStep> steps = [];
        bool connects = part.HttpRules.Exists(static rule => !rule.IsComment && rule.Step.Kind == CheckStepKind.Connect);
        if (!connects) steps.Add(new CheckStep());
        bool sent = false;
        string comment = "";
        for (int i = 0; i < part.HttpRules.Count; i++)
        {
            CheckRule rule = part.HttpRules[i];
            if (rule.IsComment)
            {
                comment = rule.Step.Comment;
                continue;
            }
            CheckStep step = rule.Step.Kind == CheckStepKind.SendHttp ? Request(part, rule) : rule.Step;
            step = step.WithPlace(i + 1, step.Comment.Length > 0 ? step.Comment : comment);
            if (step.Kind == CheckStepKind.Expect && !sent && !connects) steps.Add(Request(part, null));
            else if (step.Kind == CheckStepKind.Expect && !sent)
            {
                draft.Diagnostics.Alert($"backend '{proxy.Name}' : 'http-check expect' : unable to add http-check "
                    + $"expect rule at step {i + 1} (missing send rule).");
                return null;
            }
            sent = step.Kind != CheckStepKind.Connect;
            steps.Add(step);
        }
        if (!steps.Exists(static step => step.Kind == CheckStepKind.SendHttp)) steps.Add(Request(part, null));
        if (steps[^1].Kind != CheckStepKind.Expect) steps.Add(AnyGoodStatus());
        return [.. steps];
    }

    /// <summary>What is expected where nothing is said: 2xx and 3xx (manual, <c>option httpchk</c>).</summary>
    private static CheckStep AnyGoodStatus() => new()
    {
        Kind = CheckStepKind.Expect,
        Expect = ExpectKind.HttpStatus,
        Statuses = [(200, 399)],
    };

    private static CheckStep Request(CheckPart part, CheckRule? rule)
    {
        StringBuilder head = new();
        head.Append(rule?.Method ?? part.Method).Append(' ').Append(rule?.Target ?? part.Target).Append(' ');
        head.Append(rule?.Version ?? part.Version).Append("\r\n");
        string fields = rule?.Fields ?? "";
        bool hasHost = fields.StartsWith("host: ") || fields.Contains("\r\nhost: ");
        if (part.Host.Length > 0 && !hasHost) head.Append("host: ").Append(part.Host).Append("\r\n");
        head.Append(fields);
        return new CheckStep
        {
            Kind = CheckStepKind.SendHttp,
            Bytes = ByteView.Literal(head.ToString()),
            Body = ByteView.Literal(rule?.Body ?? ""),
            Comment = rule?.Step.Comment ?? "",
        };
    }
}
