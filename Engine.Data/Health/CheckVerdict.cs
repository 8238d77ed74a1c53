namespace Engine.Data.Health;

/// <summary>What a status means for the server. The numbers are those of <c>show servers state</c>.</summary>
public enum CheckVerdict : byte
{
    Unknown = 0,

    /// <summary>Says nothing of the server's health.</summary>
    Neutral = 1,
    Failed = 2,
    Passed = 3,

    /// <summary>Passed, and the server wants no new sessions.</summary>
    Conditional = 4,
}
