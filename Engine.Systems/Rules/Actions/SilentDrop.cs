using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>silent-drop [ rst-ttl &lt;ttl&gt; ]</c>: the client is forgotten without being told (manual section 4.4).</summary>
internal static unsafe class SilentDrop
{
    private sealed class Operands(byte hops)
    {
        public readonly byte Hops = hops;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ActionWord>[] sets =
        [
            Words.TcpConnectionActions, Words.TcpSessionActions, Words.TcpRequestActions, Words.TcpResponseActions,
            Words.HttpRequestActions, Words.HttpResponseActions,
        ];
        foreach (Registry<ActionWord> set in sets)
            set.Add(new("silent-drop", "[ rst-ttl <ttl> ]", &Parse) { IsFinal = true });
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        step.Action = &Drop;
        byte hops = 0;
        if (line.TryTake("rst-ttl"))
        {
            string text = line.Next();
            if (text.Length == 0) return ActionLine.Refuse(line, "missing rst-ttl value");
            int bad = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
            if (bad >= 0)
            {
                return ActionLine.Refuse(
                    line, $"invalid character starting at '{text[bad..]}' (value 1-255 expected)");
            }
            if (!byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hops) || hops == 0)
                return ActionLine.Refuse(line, "valid rst-ttl values are [1-255]");
        }
        step.Operands = new Operands(hops);
        return true;
    }

    private static bool Drop(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        verdict.Kind = RuleVerdictKind.Reject;
        verdict.IsSilent = true;
        verdict.ResetHops = Unsafe.As<Operands>(step.Operands!).Hops;
        return false;
    }
}
