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
        ByteView[] names = new ByteView[(int)Method.Patch + 1];
        for (int i = 1; i < names.Length; i++) names[i] = ByteView.Literal(NameOf((Method)i));
        return names;
    }

    private static ReadOnlySpan<byte> NameOf(Method method) => method switch
    {
        Method.Options => "OPTIONS"u8,
        Method.Get => "GET"u8,
        Method.Head => "HEAD"u8,
        Method.Post => "POST"u8,
        Method.Put => "PUT"u8,
        Method.Delete => "DELETE"u8,
        Method.Trace => "TRACE"u8,
        Method.Connect => "CONNECT"u8,
        Method.Patch => "PATCH"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };
}
