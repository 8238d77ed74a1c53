using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>expect-proxy layer4</c> and <c>expect-netscaler-cip layer4</c> of <c>tcp-request connection</c>: clients that
/// the condition holds for must begin with such a header (manual section 4.4).
/// </summary>
internal static unsafe class ExpectPreamble
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.TcpConnectionActions.Add(new("expect-netscaler-cip", "layer4", &ParseNetScaler));
        Words.TcpConnectionActions.Add(new("expect-proxy", "layer4", &ParseProxy));
    }

    private static bool ParseNetScaler(Directive line, ref RuleStep step)
    {
        step.Action = &NetScaler;
        return TakesLayer(line);
    }

    private static bool ParseProxy(Directive line, ref RuleStep step)
    {
        step.Action = &Proxy;
        return TakesLayer(line);
    }

    private static bool TakesLayer(Directive line)
    {
        string word = line[line.Position - 1];
        string layer = line.Next();
        if (layer == "layer4") return true;
        return ActionLine.Refuse(
            line, $"'tcp-request connection {word}' only supports 'layer4' in {ParseRule.Section(line)} (got '{layer}')");
    }

    private static bool NetScaler(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Expects = PreambleKind.NetScaler;
        return true;
    }

    private static bool Proxy(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Expects = PreambleKind.Proxy;
        return true;
    }
}
