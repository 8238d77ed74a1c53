using System;

namespace Benchmarks;

/// <summary>
/// The command line cannot be carried out as written; the message says why. Exit status 2.
/// </summary>
public sealed class UsageException(string message) : Exception(message);
