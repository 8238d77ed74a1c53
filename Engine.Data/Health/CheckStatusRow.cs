namespace Engine.Data.Health;

/// <summary>A status with its meaning, its word in statistics and its words in log lines.</summary>
public readonly record struct CheckStatusRow(CheckVerdict Verdict, string Word, string Text);
