using System;

namespace Tests.EndToEnd.Harness;

/// <summary>A scripted peer did not see what its script expects; the message says what came
/// instead.</summary>
public sealed class WireException(string message) : Exception(message);
