namespace Benchmarks.EndToEnd;

/// <summary>What a limit is relative to.</summary>
public enum Reference
{
    /// <summary>Nothing: the bound is absolute.</summary>
    None,

    /// <summary>The current HAProxy, built from its repository.</summary>
    A,

    /// <summary>HAProxy as the distribution packages it.</summary>
    B,
}
