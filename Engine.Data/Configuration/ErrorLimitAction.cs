namespace Engine.Data.Configuration;

/// <summary>What enough observed errors in a row do (manual section 5.2, <c>on-error</c>).</summary>
public enum ErrorLimitAction : byte
{
    /// <summary>The next check comes sooner.</summary>
    FastInterval,

    /// <summary>They count as a failed check.</summary>
    FailCheck,

    /// <summary>One more failed check marks it down.</summary>
    SuddenDeath,

    MarkDown,
}
