namespace Engine.Data.Configuration;

/// <summary>A message about the configuration. Text without level, process id and line end.</summary>
public readonly record struct Diagnostic(DiagnosticLevel Level, string Text);
