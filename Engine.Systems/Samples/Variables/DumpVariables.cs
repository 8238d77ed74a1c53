using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;

namespace Engine.Systems.Samples.Variables;

/// <summary>
/// <c>dump_all_vars</c>: every variable that is set, with its value (manual section 7.3.2), in the order in which the
/// configuration names them first.
/// </summary>
internal static class DumpVariables
{
    private static readonly VariableScope[] Scopes =
        [VariableScope.Session, VariableScope.Transaction, VariableScope.Request, VariableScope.Response, VariableScope.Process];

    [ModuleInitializer]
    internal static unsafe void Register()
    {
        const ArgumentKind text = ArgumentKind.String;
        Words.Fetches.Add(new(
            "dump_all_vars", new ArgumentSpec(0, text, text, text), SampleType.String, SamplePlaces.Anywhere, &Fetch)
        {
            Prepare = &Prepare,
        });
    }

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        string name = arguments.Has(0) ? arguments.Text(0).ToString() : "";
        VariableScope[]? scopes = name switch
        {
            "" => Scopes,
            "sess" => [VariableScope.Session],
            "txn" => [VariableScope.Transaction],
            "req" => [VariableScope.Request],
            "res" => [VariableScope.Response],
            "proc" => [VariableScope.Process],
            _ => null,
        };
        arguments.Prepared = scopes;
        return scopes is null ? $"invalid scope '{name}', must be one of: sess, txn, req, res, proc" : null;
    }

    private static bool Fetch(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        VariableNames names = scope.Configuration.Variables;
        ReadOnlySpan<byte> delimiter = arguments.Has(2) ? arguments.Text(2).Span : ", "u8;
        Span<byte> room = scope.Scratch.Free;
        int half = room.Length / 2;
        Scratch whole = scope.Scratch;
        scope.Scratch = Scratch.Over(room[half..]);
        int at = 0;
        bool fits = true;
        foreach (VariableScope kind in Unsafe.As<VariableScope[]>(arguments.Prepared!))
        {
            List<string> known = kind switch
            {
                VariableScope.Session => names.Session,
                VariableScope.Process => names.Process,
                _ => names.Stream,
            };
            for (int slot = 0; fits && slot < known.Count; slot++)
            {
                if (known == names.Stream && names.StreamScope(slot) != kind) continue;
                fits = Add(ref scope, new VariableRef(kind, slot), known[slot], arguments, delimiter, room[..half], ref at);
            }
        }
        scope.Scratch = whole;
        if (fits) sample.SetString(scope.Scratch.Commit(at));
        return fits;
    }

    /// <summary>False when it does not fit.</summary>
    private static bool Add(
        ref Evaluation scope, VariableRef variable, string name, Arguments arguments, ReadOnlySpan<byte> delimiter,
        Span<byte> room, ref int at)
    {
        Span<byte> nameBytes = stackalloc byte[256];
        if (name.Length > nameBytes.Length) return false;
        nameBytes = nameBytes[..Encoding.Latin1.GetBytes(name, nameBytes)];
        ReadOnlySpan<byte> own = nameBytes[(nameBytes.IndexOf((byte)'.') + 1)..];
        if (arguments.Has(1) && !own.StartsWith(arguments.Text(1).Span)) return true;
        Sample value = default;
        int mark = scope.Scratch.Used;
        bool isSet = AccessVariable.TryGet(ref scope, variable, ref value);
        bool fits = !isSet
            || ((at == 0 || Put(room, ref at, delimiter)) && Put(room, ref at, nameBytes) && Put(room, ref at, "="u8)
                && Value(ref scope, ref value, room, ref at));
        scope.Scratch.Rewind(mark);
        return fits;
    }

    private static bool Value(ref Evaluation scope, ref Sample value, Span<byte> room, ref int at)
    {
        if (value.Type == SampleType.Boolean) return Put(room, ref at, value.Integer != 0 ? "true"u8 : "false"u8);
        if (value.Type == SampleType.Binary) return Hexadecimal(value.Bytes.Span, room, ref at);
        bool quoted = value.Type is SampleType.String or SampleType.Method;
        if (!CastSample.Run(ref scope, ref value, SampleType.String)) return false;
        return quoted ? Quoted(value.Bytes.Span, room, ref at) : Put(room, ref at, value.Bytes.Span);
    }

    private static bool Hexadecimal(ReadOnlySpan<byte> bytes, Span<byte> room, ref int at)
    {
        ReadOnlySpan<byte> digits = "0123456789ABCDEF"u8;
        if (room.Length - at < bytes.Length * 2) return false;
        foreach (byte one in bytes)
        {
            room[at++] = digits[one >> 4];
            room[at++] = digits[one & 15];
        }
        return true;
    }

    private static bool Quoted(ReadOnlySpan<byte> text, Span<byte> room, ref int at)
    {
        if (room.Length - at < (text.Length * 2) + 2) return false;
        room[at++] = (byte)'"';
        foreach (byte one in text)
        {
            byte escape = one switch
            {
                (byte)'"' or (byte)'\\' => one,
                (byte)'\r' => (byte)'r',
                (byte)'\n' => (byte)'n',
                (byte)'\b' => (byte)'b',
                0 => (byte)'0',
                _ => 0,
            };
            if (escape != 0) room[at++] = (byte)'\\';
            room[at++] = escape != 0 ? escape : one;
        }
        room[at++] = (byte)'"';
        return true;
    }

    private static bool Put(Span<byte> room, ref int at, ReadOnlySpan<byte> bytes)
    {
        if (room.Length - at < bytes.Length) return false;
        bytes.CopyTo(room[at..]);
        at += bytes.Length;
        return true;
    }
}
