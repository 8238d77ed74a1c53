namespace Engine.Data.Configuration;

/// <summary>Traffic that counts for a server's health (manual section 5.2, <c>observe</c>).</summary>
public enum ServerObservation : byte
{
    None = 0,

    /// <summary>Connections.</summary>
    Layer4,

    /// <summary>Responses.</summary>
    Layer7,
}
