using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Samples.Patterns;

/// <summary><c>-m bin</c>: the value is one of the blocks, given in hexadecimal.</summary>
internal sealed unsafe class BinaryPatterns(ByteSet blocks) : PatternSet
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Matches.Add(new("bin", SampleType.Binary, "hexadecimal block", &Compile));

    public override bool Matches(ref Evaluation scope, in Sample sample) => blocks.Contains(sample.Bytes.Span);

    private static PatternSet? Compile(ValueList<PatternText> patterns, out string error)
    {
        error = "";
        ValueList<ByteView> blocks = new();
        foreach (PatternText pattern in patterns)
        {
            if (HexText.Parse(pattern.Text, out error) is not { } block) return null;
            blocks.Add(ByteView.Literal(block));
        }
        return new BinaryPatterns(new ByteSet(blocks, ignoreCase: false));
    }
}
