using System;

namespace Engine.Data.Patterns;

/// <summary>A way in which a list is matched: indexes are shared by all who match it alike.</summary>
/// <param name="Method">The match method: <c>str</c>, <c>ip</c>, ...</param>
/// <param name="IgnoreCase"><c>-i</c>.</param>
/// <param name="Make">An empty index; null where patterns do not count (<c>found</c>, <c>bool</c>).</param>
public sealed record PatternUse(string Method, bool IgnoreCase, Func<PatternIndex>? Make);
