using System;

namespace Engine.Data.Tables;

/// <summary>Thrown by <see cref="Check.That"/>: an invariant of the engine does not hold.</summary>
public sealed class CheckFailedException(string? condition) : Exception($"check failed: {condition}");
