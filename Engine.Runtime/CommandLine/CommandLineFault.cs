namespace Engine.Runtime.CommandLine;

/// <summary>Why a command line was refused.</summary>
/// <param name="Message">What is said before the program ends, without level; null: the usage text.</param>
public sealed record CommandLineFault(string? Message);
