namespace Engine.Systems.Samples.Maps;

/// <summary>What a map gives.</summary>
internal enum MapOutput : byte
{
    Text = 0,
    Integer,
    Address,

    /// <summary>The key that was found.</summary>
    Key,
}
