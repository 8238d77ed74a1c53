using System;
using System.Buffers;
using System.Buffers.Text;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Samples.Converters;

/// <summary>An argument in base64: written so, or in a variable.</summary>
internal static unsafe class SecretArgument
{
    /// <summary>Decodes what is written; finds the variable. Answers what is wrong, or null.</summary>
    public static string? Prepare(ParsePlace place, Arguments arguments, int index, string what)
    {
        ref Argument argument = ref arguments.Items[index];
        if (VariableNames.TryScope(argument.Text.ToString(), out _))
        {
            if (ParseVariable.Name(place.Draft, argument.Text.ToString(), out VariableRef variable) is { } refusal)
                return $"failed to parse {what} : {refusal}";
            argument.Kind = ArgumentKind.Variable;
            argument.Integer = variable.Packed;
            return null;
        }
        byte[] bytes = new byte[argument.Text.Length];
        if (!DecodeBase64.TryRun(argument.Text.Span, bytes, out int written))
            return $"failed to parse {what} : argument needs to be base64 encoded, and can either be a string or a variable";
        argument.Text = ByteView.Literal(bytes.AsSpan(0, written));
        return null;
    }

    /// <summary>The decoded bytes, a variable's in the scratch area. False: it is not set or no base64.</summary>
    public static bool TryGet(ref Evaluation scope, ref Argument argument, out ByteView bytes)
    {
        bytes = argument.Text;
        if (argument.Kind != ArgumentKind.Variable) return true;
        Sample sample = default;
        if (!AccessVariable.TryGet(ref scope, VariableRef.Unpack(argument.Integer), ref sample)) return false;
        if (!CastSample.Run(ref scope, ref sample, SampleType.String)) return false;
        if (!DecodeBase64.TryRun(sample.Bytes.Span, scope.Scratch.Free, out int written)) return false;
        bytes = scope.Scratch.Commit(written);
        return true;
    }
}
