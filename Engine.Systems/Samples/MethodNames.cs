using System;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples;

/// <summary>Names of the numbered methods and the way back.</summary>
internal static class MethodNames
{
    private static readonly ByteView[] Names = MakeNames();

    /// <summary>The name of a sample of type Method.</summary>
    public static ByteView Of(in Sample sample) =>
        sample.Integer == (long)Method.Other ? sample.Bytes : Names[sample.Integer];

    /// <summary>Methods are case-sensitive (RFC 9110 section 9.1).</summary>
    public static Method Find(ReadOnlySpan<byte> name)
    {
        for (int i = 1; i < Names.Length; i++)
        {
            if (Names[i].Span.SequenceEqual(name)) return (Method)i;
        }
        return Method.Other;
    }

    private static ByteView[] MakeNames()
    {
        string[] words = Enum.GetNames<Method>();
        ByteView[] names = new ByteView[words.Length];
        for (int i = 1; i < words.Length; i++) names[i] = ByteView.Literal(words[i].ToUpperInvariant());
        return names;
    }
}
