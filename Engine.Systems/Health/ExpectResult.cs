namespace Engine.Systems.Health;

/// <summary>What an expectation says of the bytes so far.</summary>
public enum ExpectResult : byte
{
    /// <summary>More are needed.</summary>
    Wait = 0,
    Passed,
    Failed,
}
