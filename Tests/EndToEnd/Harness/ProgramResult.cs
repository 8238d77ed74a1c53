namespace Tests.EndToEnd.Harness;

/// <summary>What a run that ends by itself left behind.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Errors);
