namespace Engine.Runtime.CommandLine;

/// <summary>What the command line asks for.</summary>
public enum RunMode : byte
{
    /// <summary>Serve.</summary>
    Serve = 0,

    /// <summary><c>-c</c>: verify the configuration.</summary>
    Check,

    /// <summary><c>-cc</c>: evaluate a condition.</summary>
    Condition,

    /// <summary><c>-v</c>, <c>-vv</c>, <c>-vq</c>: the version.</summary>
    Version,
}
