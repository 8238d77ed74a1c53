namespace Engine.Systems.Samples;

/// <summary>How much of a body is there.</summary>
internal enum BodyProgress : byte
{
    /// <summary>All of it, as much as was asked for, or as much as a buffer holds.</summary>
    Enough = 0,

    /// <summary>More of it is to come.</summary>
    More,

    /// <summary>The client left before the end.</summary>
    Cut,
}
