namespace Engine.Data.Samples;

/// <summary>A pattern as written on a line or in a file.</summary>
/// <param name="Text">The pattern, one char a byte.</param>
/// <param name="IgnoreCase">It stood behind <c>-i</c>.</param>
/// <param name="FromFile">It is a line of a pattern file: operators of the line do not apply to it.</param>
/// <param name="NoResolution">It stood behind <c>-n</c>: a host name is not to be resolved.</param>
public readonly record struct PatternText(
    string Text, bool IgnoreCase = false, bool FromFile = false, bool NoResolution = false)
{
    /// <summary>The file it is a line of, for messages; empty for a word of the configuration.</summary>
    public string File { get; init; } = "";

    /// <summary>Number of that line, from 1.</summary>
    public int Line { get; init; }
}
