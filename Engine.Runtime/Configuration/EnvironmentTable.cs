using System;
using System.Text;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration;

/// <summary>
/// The environment as the configuration sees and changes it: variables of the process, and the pseudo-variables that
/// tell the place being read (manual section 2.3).
/// </summary>
public sealed class EnvironmentTable : IVariableSource
{
    /// <summary>Values of <c>.FILE</c>, <c>.LINE</c> and <c>.SECTION</c>.</summary>
    public string File = "";

    public int Line;

    public string Section = "";

    public byte[]? Find(ReadOnlySpan<byte> name)
    {
        if (name[0] != '.')
        {
            string text = Encoding.Latin1.GetString(name);
            return ToBytes(Environment.GetEnvironmentVariable(text)) ?? OwnVariables.Format(text);
        }
        if (name.SequenceEqual(".FILE"u8)) return Encoding.Latin1.GetBytes(File);
        if (name.SequenceEqual(".LINE"u8)) return Encoding.Latin1.GetBytes(Line.ToString());
        if (name.SequenceEqual(".SECTION"u8)) return Encoding.Latin1.GetBytes(Section);
        return null;
    }

    /// <summary>The variable whose name is most like one that is not there; null: none is.</summary>
    public string? Nearest(string name)
    {
        if (name.Length == 0) return null;
        Likeness likeness = new(name);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            likeness.Offer((string)entry.Key);
        foreach (string format in OwnVariables.FormatNames) likeness.Offer(format);
        return likeness.Best;
    }

    private static byte[]? ToBytes(string? value) => value is null ? null : Encoding.UTF8.GetBytes(value);
}
