using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Runtime.Tls;
using Engine.Systems.Samples;

namespace Engine.Runtime.Samples;

/// <summary><c>x509_v_err_str</c>: the constant of a verification error (manual section 7.3.1).</summary>
internal static unsafe class VerifyErrorConverter
{
    private const int NumberMax = 128;

    /// <summary>The constants by number; empty where there is none. Made when an expression first asks.</summary>
    private static ByteView[]? names;

    [ModuleInitializer]
    internal static void Register() =>
        Words.Converters.Add(new("x509_v_err_str", ArgumentSpec.None, SampleType.Integer, SampleType.String, &Name)
        {
            Prepare = &Prepare,
        });

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        if (names is not null) return null;
        ByteView[] all = new ByteView[NumberMax];
        for (int i = 0; i < NumberMax; i++)
            all[i] = VerifyErrors.NameOf(i) is { } name ? ByteView.Literal(name) : default;
        names = all;
        return null;
    }

    /// <summary>Without a constant, the number.</summary>
    private static bool Name(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (names is not null && sample.Integer is >= 0 and < NumberMax && !names[sample.Integer].IsEmpty)
        {
            sample.SetString(names[sample.Integer]);
            return true;
        }
        if (!((ulong)sample.Integer).TryFormat(scope.Scratch.Free, out int written)) return false;
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }
}
