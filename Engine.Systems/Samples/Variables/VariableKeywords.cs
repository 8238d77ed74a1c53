using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Logs;

namespace Engine.Systems.Samples.Variables;

/// <summary><c>set-var</c>, <c>set-var-fmt</c> and <c>tune.vars.*</c> of the global section (manual section 3).</summary>
internal static unsafe class VariableKeywords
{
    internal const int ScratchSize = 64 * 1024;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("set-var", SectionKinds.Global, "<var-name> <expr>", &SetValue));
        Words.Keywords.Add(new("set-var-fmt", SectionKinds.Global, "<var-name> <fmt>", &SetText));
        Words.Keywords.Add(new("tune.vars.global-max-size", SectionKinds.Global, "<size>", &LimitGlobal));
        Words.Keywords.Add(new("tune.vars.proc-max-size", SectionKinds.Global, "<size>", &LimitProcess));
        Words.Keywords.Add(new("tune.vars.sess-max-size", SectionKinds.Global, "<size>", &LimitSession));
        Words.Keywords.Add(new("tune.vars.txn-max-size", SectionKinds.Global, "<size>", &LimitTransaction));
        Words.Keywords.Add(new("tune.vars.check-max-size", SectionKinds.Global, "<size>", &LimitCheck));
        Words.Keywords.Add(new("tune.vars.reqres-max-size", SectionKinds.Global, "<size>", &LimitMessage));
    }

    private static void SetValue(Directive line)
    {
        if (!TryName(line, "a sample expression", out VariableRef variable)) return;
        ParsePlace place = ParsePlace.Of(line, SamplePlaces.ConfigurationParser);
        if (ParseExpression.Run(place, line[2], out string error) is not { } expression)
        {
            line.Alert(error);
            return;
        }
        if ((expression.Row!.Places & place.Places) == 0)
        {
            line.Alert($"fetch method 'set-var({line[1]})' extracts information from "
                + $"'{SampleNeeds.Of(expression.Row)}', none of which is available here");
            return;
        }
        Begin(line.Draft, ValuesSoFar(line), out Evaluation scope);
        Sample sample = default;
        if (EvaluateExpression.Run(ref scope, expression, ref sample)) Keep(line, variable, in sample);
        NativeMemory.Free(scope.Random);
    }

    private static void SetText(Directive line)
    {
        if (!TryName(line, "a format string", out VariableRef variable)) return;
        ParsePlace place = ParsePlace.Of(line, SamplePlaces.ConfigurationParser);
        if (CompileFormat.Run(place, line[2], forLogs: false, out string error, isPlain: true) is not { } program)
        {
            line.Alert(error);
            return;
        }
        Begin(line.Draft, ValuesSoFar(line), out Evaluation scope);
        Span<byte> text = new byte[ScratchSize];
        Sample sample = default;
        sample.SetString(ByteView.Literal(text[..WriteLogLine.Run(ref scope, program, text)]));
        Keep(line, variable, in sample);
        NativeMemory.Free(scope.Random);
    }

    /// <summary>What the lines before it set.</summary>
    private static ProcessVariables ValuesSoFar(Directive line)
    {
        ProcessVariables variables = new(line.Draft.Target.Variables.Process.Count);
        foreach ((int slot, Sample value) in line.Draft.Target.ProcessValues) variables.Set(slot, in value);
        return variables;
    }

    /// <summary>
    /// What an expression sees outside of connections: itself and the variables of the process. Whoever asks frees
    /// <see cref="Evaluation.Random"/>, which is all its memory.
    /// </summary>
    internal static void Begin(ConfigurationDraft draft, ProcessVariables variables, out Evaluation scope)
    {
        byte* memory = (byte*)NativeMemory.Alloc(ScratchSize + sizeof(ulong));
        scope = default;
        scope.Configuration = draft.Target;
        scope.WallMicroseconds = draft.WallMicroseconds;
        scope.Process = ProcessIdentity.None;
        scope.ProcessVariables = variables;
        scope.Dates = new LogDates(TimeZoneInfo.Local);
        scope.Random = (ulong*)memory;
        *scope.Random = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
        scope.Scratch = new Scratch(memory + sizeof(ulong), ScratchSize);
    }

    private static void Keep(Directive line, VariableRef variable, in Sample sample)
    {
        Sample kept = sample;
        if (!sample.Bytes.IsEmpty) kept.Bytes = ByteView.Literal(sample.Bytes.Span);
        line.Draft.Target.ProcessValues.Add((variable.Slot, kept));
    }

    private static bool TryName(Directive line, string what, out VariableRef variable)
    {
        variable = default;
        if (line.Count < 3)
        {
            line.Alert($"'{line[0]}' requires a process-wide variable name ('proc.<name>') and {what}.");
            return false;
        }
        if (ParseVariable.Name(line.Draft, line[1], out variable) is { } refusal)
        {
            line.Alert(refusal);
            return false;
        }
        if (variable.Scope == VariableScope.Process) return true;
        line.Alert($"'{line[0]}': cannot set variable '{line[1]}', only scope 'proc' is permitted in the global section.");
        return false;
    }

    private static void LimitGlobal(Directive line) => Limit(line, ref line.Draft.Globals.VariableLimits.Global);

    private static void LimitProcess(Directive line) => Limit(line, ref line.Draft.Globals.VariableLimits.Process);

    private static void LimitSession(Directive line) => Limit(line, ref line.Draft.Globals.VariableLimits.Session);

    private static void LimitTransaction(Directive line) =>
        Limit(line, ref line.Draft.Globals.VariableLimits.Transaction);

    private static void LimitCheck(Directive line) => Limit(line, ref line.Draft.Globals.VariableLimits.Check);

    private static void LimitMessage(Directive line) => Limit(line, ref line.Draft.Globals.VariableLimits.Message);

    private static void Limit(Directive line, ref uint limit)
    {
        if (line.Count < 2) return;
        if (ConfigurationUnits.TryInteger(line[1], out long number)) limit = unchecked((uint)number);
        else line.Alert($"{line[0]}: '{line[1]}' is an invalid size");
    }
}
