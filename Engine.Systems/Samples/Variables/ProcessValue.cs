using System;
using System.Runtime.InteropServices;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Logs;

namespace Engine.Systems.Samples.Variables;

/// <summary>Reads and sets variables of the process while it runs, for <c>get var</c> and <c>set var</c>.</summary>
public static unsafe class ProcessValue
{
    /// <summary>Type and value as text; null when it is not set.</summary>
    public static (string Type, string Value)? Read(VariableNames names, ProcessVariables variables, string name)
    {
        int slot = names.Process.IndexOf(name);
        if (slot < 0) return null;
        VariableKeywords.Begin(Draft(names, 0), variables, out Evaluation scope);
        Sample sample = default;
        (string, string)? found = null;
        if (variables.TryGet(slot, ref scope.Scratch, ref sample))
        {
            string type = sample.Type switch
            {
                SampleType.Boolean => "bool",
                SampleType.Integer => "sint",
                SampleType.Ipv4 => "ipv4",
                SampleType.Ipv6 => "ipv6",
                SampleType.Binary => "bin",
                SampleType.Method => "meth",
                _ => "str",
            };
            bool shown = sample.Type == SampleType.Boolean || CastSample.Run(ref scope, ref sample, SampleType.String);
            found = (type, sample.Type == SampleType.Boolean ? $"{sample.Integer}" : shown ? sample.Bytes.ToString() : "");
        }
        NativeMemory.Free(scope.Random);
        return found;
    }

    /// <summary>Sets it to what an expression or a format gives. Answers what is wrong, or null.</summary>
    /// <param name="names">Of the running configuration; a variable that is not there yet is added.</param>
    /// <param name="variables">Their values.</param>
    /// <param name="name">With its scope.</param>
    /// <param name="isFormat">The text is a log format.</param>
    /// <param name="text">The expression or format.</param>
    /// <param name="wallMicroseconds">Wall clock.</param>
    public static string? Set(
        VariableNames names, ProcessVariables variables, string name, bool isFormat, string text, long wallMicroseconds)
    {
        ConfigurationDraft draft = Draft(names, wallMicroseconds);
        if (ParseVariable.Name(draft, name, out VariableRef variable) is { } refusal) return refusal;
        if (variable.Scope != VariableScope.Process)
            return $"'set var': cannot set variable '{name}', only scope 'proc' is permitted here.";
        if (variable.Slot >= variables.Slots) return "too many variables were named.";
        ParsePlace place = new(draft, null, "CLI", 0, SamplePlaces.ConfigurationParser);
        SampleExpression? expression = null;
        LogProgram? program = null;
        string reason;
        if (isFormat) program = CompileFormat.Run(place, text, forLogs: false, out reason, isPlain: true);
        else expression = ParseExpression.Run(place, text, out reason);
        if (program is null && expression is null) return reason;
        if (expression is not null && (expression.Row!.Places & place.Places) == 0)
        {
            return $"fetch method 'set-var({name})' extracts information from '{SampleNeeds.Of(expression.Row)}', none of "
                + "which is available here";
        }
        VariableKeywords.Begin(draft, variables, out Evaluation scope);
        Sample sample = default;
        fixed (byte* start = new byte[VariableKeywords.ScratchSize])
        {
            Span<byte> space = new(start, VariableKeywords.ScratchSize);
            if (program is not null) sample.SetString(new ByteView(start, WriteLogLine.Run(ref scope, program, space)));
            if (program is not null || EvaluateExpression.Run(ref scope, expression!, ref sample))
            {
                _ = names.TryPlace(name, out variable);
                variables.Set(variable.Slot, in sample);
            }
        }
        NativeMemory.Free(scope.Random);
        return null;
    }

    /// <summary>A draft of its own that knows the variables of the process by the same numbers, and no others.</summary>
    private static ConfigurationDraft Draft(VariableNames names, long wallMicroseconds)
    {
        ConfigurationDraft draft = new(
            new Diagnostics(static _ => { }), static (string host, AddressFamily wanted, ref SocketAddress address) => false)
        {
            WallMicroseconds = wallMicroseconds,
        };
        foreach (string name in names.Process) _ = draft.Target.Variables.TryPlace(name, out _);
        return draft;
    }
}
