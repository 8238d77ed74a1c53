using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>set-timeout</c> and <c>set-retries</c>: for one stream, not its proxies (manual section 4.4).</summary>
internal static unsafe class SetStreamTimeout
{
    private const int RetriesMax = 100;

    private enum Which : byte
    {
        Client = 0,
        Server,
        Connect,
        Queue,
        Tunnel,
        Tarpit,
    }

    private sealed class Operands(Which which, DelayArgument delay)
    {
        public readonly Which Which = which;
        public readonly DelayArgument Delay = delay;
    }

    private sealed class Retries
    {
        public int Number = -1;
        public SampleExpression? Expression;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        const string usage = "{ client | connect | queue | server | tarpit | tunnel } { <timeout> | <expr> }";
        Words.HttpRequestActions.Add(new("set-timeout", usage, &Parse));
        Words.HttpResponseActions.Add(new("set-timeout", usage, &Parse));
        Words.HttpRequestActions.Add(new("set-retries", "{ <retries> | <expr> }", &ParseRetries));
        Words.TcpRequestActions.Add(new("set-retries", "{ <retries> | <expr> }", &ParseRetries));
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string name = line.Next();
        if (name.Length == 0 || line.AtEnd) return ActionLine.Refuse(line, "expects exactly 2 arguments");
        Which? which = name switch
        {
            "client" => Which.Client,
            "server" => Which.Server,
            "connect" => Which.Connect,
            "queue" => Which.Queue,
            "tunnel" => Which.Tunnel,
            "tarpit" => Which.Tarpit,
            _ => null,
        };
        if (which is null)
        {
            return ActionLine.Refuse(line, "'set-timeout' rule supports "
                + $"'client'/'connect'/'queue'/'server'/'tarpit'/'tunnel' (got '{name}')");
        }
        bool isDefaults = line.Section == SectionKinds.Defaults;
        bool hasSide = which == Which.Tarpit || isDefaults
            || (which == Which.Client ? line.Proxy.HasFrontend : line.Proxy.HasBackend);
        if (!hasSide)
        {
            string side = which == Which.Client ? "frontend" : "backend";
            return ActionLine.Refuse(line, $"'{line.Proxy.Name}' has no {side} capability");
        }
        if (DelayArgument.Parse(line, $"{line[1]} {name}", allowsNull: false) is not { } delay) return false;
        step.Operands = new Operands(which.Value, delay);
        step.Action = &Set;
        return true;
    }

    /// <summary>An expression without a value, or one that is 0, leaves what is.</summary>
    private static bool Set(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        uint delayMs = operands.Delay.Of(ref scope);
        if (delayMs == 0 || !TryOwn(ref scope, out OwnTimeouts* own)) return true;
        switch (operands.Which)
        {
            case Which.Client:
                own->ClientMs = delayMs;
                break;
            case Which.Server:
                own->ServerMs = delayMs;
                break;
            case Which.Connect:
                own->ConnectMs = delayMs;
                break;
            case Which.Queue:
                own->QueueMs = delayMs;
                break;
            case Which.Tunnel:
                own->TunnelMs = delayMs;
                break;
            default:
                own->TarpitMs = delayMs;
                break;
        }
        return true;
    }

    private static bool ParseRetries(Directive line, ref RuleStep step)
    {
        if (!line.Proxy.HasBackend && line.Section != SectionKinds.Defaults && !line.AtEnd)
            return ActionLine.Refuse(line, $"'{step.Word}' only available in backend or listen section");
        if (line.AtEnd)
            return ActionLine.Refuse(line, "expects exactly 1 argument (an expression or an integer between 1 and 100)");
        Retries retries = new();
        string text = line.Next();
        if (ConfigurationUnits.TryInteger(text, out long number))
        {
            if (number is < 0 or > RetriesMax)
                return ActionLine.Refuse(line, "expects an expression or an integer between 1 and 100");
            retries.Number = (int)number;
        }
        else
        {
            retries.Expression = ParseExpression.Run(ActionLine.PlaceOf(line), text, out string reason);
            if (retries.Expression is null) return ActionLine.Refuse(line, reason);
        }
        step.Operands = retries;
        step.Action = &SetRetries;
        return true;
    }

    private static bool SetRetries(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Retries retries = Unsafe.As<Retries>(step.Operands!);
        long number = retries.Number;
        if (retries.Expression is { } expression)
        {
            int mark = scope.Scratch.Used;
            Sample sample = default;
            bool isThere = EvaluateExpression.Run(ref scope, expression, ref sample)
                && CastSample.Run(ref scope, ref sample, SampleType.Integer);
            scope.Scratch.Rewind(mark);
            if (!isThere) return true;
            number = sample.Integer;
        }
        if (number is >= 0 and <= RetriesMax && TryOwn(ref scope, out OwnTimeouts* own))
            own->RetriesAndOne = (short)(number + 1);
        return true;
    }

    private static bool TryOwn(ref Evaluation scope, out OwnTimeouts* own)
    {
        own = scope.OwnTimeouts;
        if (own == null || scope.Stream == null) return false;
        if ((scope.Stream->Flags & StreamFlags.HasOwnTimeouts) != 0) return true;
        *own = default;
        scope.Stream->Flags |= StreamFlags.HasOwnTimeouts;
        return true;
    }
}
