namespace Engine.Data.Configuration;

/// <summary>How long a full server keeps the keys that are its own (manual section 4.2, <c>hash-preserve-affinity</c>).</summary>
public enum HashAffinity : byte
{
    /// <summary>Always: they wait in its queue.</summary>
    Always,

    /// <summary>Until it has <c>maxconn</c> connections.</summary>
    MaxConnections,

    /// <summary>Until its queue has <c>maxqueue</c> requests.</summary>
    MaxQueue,
}
