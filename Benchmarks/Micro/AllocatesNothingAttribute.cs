using System;

namespace Benchmarks.Micro;

/// <summary>
/// Declares that a benchmark (or every one of a class) puts nothing on the managed heap. A run that finds
/// otherwise fails, as does the test that calls each benchmark once.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class AllocatesNothingAttribute : Attribute;
