using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>set-src</c>, <c>set-src-port</c>, <c>set-dst</c>, <c>set-dst-port</c>: who the client is said to be and where it is
/// said to have come (manual section 4.4). Rules of a request change it for that request alone.
/// </summary>
internal static unsafe class SetAddress
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ActionWord>[] sets =
            [Words.TcpConnectionActions, Words.TcpSessionActions, Words.TcpRequestActions, Words.HttpRequestActions];
        foreach (Registry<ActionWord> set in sets)
        {
            set.Add(new("set-src", "<expr>", &ParseSource));
            set.Add(new("set-src-port", "<expr>", &ParseSourcePort));
            set.Add(new("set-dst", "<expr>", &ParseDestination));
            set.Add(new("set-dst-port", "<expr>", &ParseDestinationPort));
        }
    }

    private static bool ParseSource(Directive line, ref RuleStep step)
    {
        step.Action = &SetSource;
        return Parse(line, ref step);
    }

    private static bool ParseSourcePort(Directive line, ref RuleStep step)
    {
        step.Action = &SetSourcePort;
        return Parse(line, ref step);
    }

    private static bool ParseDestination(Directive line, ref RuleStep step)
    {
        step.Action = &SetDestination;
        return Parse(line, ref step);
    }

    private static bool ParseDestinationPort(Directive line, ref RuleStep step)
    {
        step.Action = &SetDestinationPort;
        return Parse(line, ref step);
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        if (line.AtEnd) return ActionLine.Refuse(line, "missing fetch method");
        ParsePlace place = ActionLine.PlaceOf(line);
        SampleExpression? expression = ParseExpression.Run(place, line.Next(), out string reason);
        if (expression is null) return ActionLine.Refuse(line, reason);
        if ((expression.Row!.Places & place.Places) == 0)
        {
            return ActionLine.Refuse(line, $"fetch method '{expression.Text}' extracts information from "
                + $"'{SampleNeeds.Of(expression.Row)}', none of which is available here");
        }
        line.Draft.Globals.SetsAddresses |= RuleSet.Of(line) == RuleSet.HttpRequest || RuleSet.Of(line) == RuleSet.TcpRequest;
        line.Draft.Globals.SetsSessionAddresses |= RuleSet.Of(line) == RuleSet.TcpSession;
        step.Operands = expression;
        return true;
    }

    private static bool SetSource(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.Client != null) TakeAddress(ref scope, in step, ref scope.Client->Source);
        return true;
    }

    private static bool SetDestination(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.Client != null) TakeAddress(ref scope, in step, ref scope.Client->Destination);
        return true;
    }

    private static bool SetSourcePort(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.Client != null) TakePort(ref scope, in step, ref scope.Client->Source);
        return true;
    }

    private static bool SetDestinationPort(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.Client != null) TakePort(ref scope, in step, ref scope.Client->Destination);
        return true;
    }

    /// <summary>The port stays; an address that had none (a Unix socket's) has port 0 from here.</summary>
    private static void TakeAddress(ref Evaluation scope, in RuleStep step, ref SocketAddress address)
    {
        if (!TryTake(ref scope, in step, SampleType.Address, out Sample sample)) return;
        ReadOnlySpan<byte> bytes = sample.Address;
        bool hasPort = address.Family is AddressFamily.Inet or AddressFamily.Inet6;
        address = SocketAddress.Inet(sample.Type == SampleType.Ipv4 ? bytes[..4] : bytes, hasPort ? address.Port : (ushort)0);
    }

    private static void TakePort(ref Evaluation scope, in RuleStep step, ref SocketAddress address)
    {
        if (address.Family is not (AddressFamily.Inet or AddressFamily.Inet6)) return;
        if (TryTake(ref scope, in step, SampleType.Integer, out Sample sample)) address.Port = (ushort)sample.Integer;
    }

    private static bool TryTake(ref Evaluation scope, in RuleStep step, SampleType type, out Sample sample)
    {
        int mark = scope.Scratch.Used;
        sample = default;
        bool isThere = EvaluateExpression.Run(ref scope, Unsafe.As<SampleExpression>(step.Operands!), ref sample)
            && CastSample.Run(ref scope, ref sample, type);
        scope.Scratch.Rewind(mark);
        return isThere;
    }
}
