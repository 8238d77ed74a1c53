using System;

namespace Benchmarks.EndToEnd;

/// <summary>
/// A subject did not start, answered wrongly or died: the run goes on without it and ends with status 1.
/// </summary>
public sealed class SubjectException(string message) : Exception(message);
