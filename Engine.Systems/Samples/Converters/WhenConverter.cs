using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Systems.Logs;
using Engine.Systems.Rules;

namespace Engine.Systems.Samples.Converters;

/// <summary><c>when</c>: lets a value pass under a condition, else there is none (manual section 7.3.1).</summary>
internal static unsafe class WhenConverter
{
    private enum Case : byte
    {
        Stopping = 0,
        Normal,
        Error,
        Forwarded,
        ToApplet,
        Processed,
        Acl,
    }

    private static readonly string[] Names = ["stopping", "normal", "error", "forwarded", "toapplet", "processed", "acl"];

    private sealed class Operands
    {
        public Case Case;
        public bool Negated;
        public Condition? Acl;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        const ArgumentKind text = ArgumentKind.String;
        Words.Converters.Add(new(
            "when", new ArgumentSpec(1, text, text, text), SampleType.None, SampleType.None, &Pass)
        {
            Prepare = &Prepare,
        });
    }

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        string word = arguments.Text(0).ToString();
        Operands operands = new() { Negated = word.StartsWith('!') };
        if (operands.Negated) word = word[1..];
        int index = Array.IndexOf(Names, word);
        if (index < 0)
            return $"expects a supported keyword among {{{string.Join(',', Names)}}} but got '{word}'";
        operands.Case = (Case)index;
        arguments.Prepared = operands;
        if (operands.Case != Case.Acl) return null;
        string name = arguments.Text(1).ToString();
        if (name.Length == 0) return "'acl' selector requires an extra argument with the ACL name";
        if (AclFetch.Find(place, name) is not { } acl) return $"ACL '{name}' not found";
        operands.Acl = new Condition { Groups = [[new ConditionTerm { Acl = acl }]] };
        return null;
    }

    private static bool Pass(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Operands operands = Unsafe.As<Operands>(arguments.Prepared!);
        return Holds(ref scope, operands) != operands.Negated;
    }

    private static bool Holds(ref Evaluation scope, Operands operands)
    {
        switch (operands.Case)
        {
            case Case.Stopping:
                return scope.Shared is not null && Volatile.Read(ref scope.Shared.Process.Stopping) != 0;
            case Case.Normal:
                return !IsError(ref scope);
            case Case.Error:
                return IsError(ref scope);
            case Case.Forwarded:
                return IsForwarded(ref scope);
            case Case.ToApplet:
                return IsToApplet(ref scope);
            case Case.Processed:
                return IsForwarded(ref scope) || IsToApplet(ref scope);
            default:
                return RunRules.Matches(ref scope, operands.Acl);
        }
    }

    private static bool IsError(ref Evaluation scope) =>
        scope.Stream != null && scope.Log != null && !LogStream.IsNormal(ref *scope.Stream, ref *scope.Log);

    private static bool IsForwarded(ref Evaluation scope) =>
        scope.Stream != null && scope.Log != null && scope.Server is not null && scope.Log->ConnectedNanoseconds != 0;

    private static bool IsToApplet(ref Evaluation scope) =>
        scope.Stream != null && (scope.Stream->Flags & StreamFlags.Served) != 0;
}
