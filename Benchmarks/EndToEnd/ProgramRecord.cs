namespace Benchmarks.EndToEnd;

/// <summary>A program that took part in a run.</summary>
/// <param name="Name">Subject's name.</param>
/// <param name="Role">Which reference it was.</param>
/// <param name="Command">What was started.</param>
/// <param name="Version">First line of what it says about its version.</param>
public sealed record ProgramRecord(string Name, Reference Role, string Command, string Version);
