namespace Engine.Data.Patterns;

/// <summary>How a change of a list went.</summary>
public enum PatternChange : byte
{
    Done = 0,
    NotFound,

    /// <summary>Some map wants a number or an address.</summary>
    BadValue,

    /// <summary>A match method cannot read the key.</summary>
    BadKey,

    /// <summary>The version was not prepared.</summary>
    VersionAhead,
}
