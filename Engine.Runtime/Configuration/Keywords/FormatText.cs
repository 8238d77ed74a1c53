namespace Engine.Runtime.Configuration.Keywords;

/// <summary>A format as written, and where.</summary>
internal sealed record FormatText(string Text, string File, int Line);
