using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>set-log-level</c>: the level of the stream's line, or no line at all (manual section 4.4).</summary>
internal static unsafe class SetLogLevel
{
    private static readonly string[] Levels =
        ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    private sealed class Operands(byte level)
    {
        public readonly byte Level = level;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Words.TcpRequestActions.Add(new("set-log-level", "<level>", &Parse));
        Words.TcpResponseActions.Add(new("set-log-level", "<level>", &Parse));
        Words.HttpRequestActions.Add(new("set-log-level", "<level>", &Parse));
        Words.HttpResponseActions.Add(new("set-log-level", "<level>", &Parse));
        Words.HttpAfterResponseActions.Add(new("set-log-level", "<level>", &Parse));
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string word = line.Next();
        int level = word == "silent" ? StreamLog.Silent : Array.IndexOf(Levels, word) + 1;
        if (level == 0) return ActionLine.Refuse(line, "expects exactly 1 argument (log level name or 'silent')");
        step.Operands = new Operands((byte)level);
        step.Action = &Set;
        return true;
    }

    private static bool Set(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.Log != null) scope.Log->Level = Unsafe.As<Operands>(step.Operands!).Level;
        return true;
    }
}
