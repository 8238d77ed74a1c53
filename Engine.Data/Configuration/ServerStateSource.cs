namespace Engine.Data.Configuration;

/// <summary>Where a backend takes the states of its servers over from (manual section 4.2).</summary>
public enum ServerStateSource : byte
{
    None = 0,

    /// <summary>The file of the global section.</summary>
    Global,

    /// <summary>A file of its own.</summary>
    Local,
}
