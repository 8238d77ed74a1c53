namespace Engine.Runtime.CommandLine;

/// <summary>Why a command line was refused.</summary>
/// <param name="Message">What is said before the program ends, without level; null: the usage text alone.</param>
/// <param name="ShowsUsage">The usage text follows the message.</param>
public sealed record CommandLineFault(string? Message, bool ShowsUsage = false);
