using System;

namespace Engine.Data.Streams;

/// <summary>What rules say of the persistence of a request.</summary>
[Flags]
public enum PersistenceOverride : byte
{
    None = 0,

    /// <summary><c>force-persist</c>: its server is used even when it is down, and no other instead.</summary>
    Forced = 1,

    /// <summary><c>ignore-persist</c>: it belongs to no server.</summary>
    Ignored = 2,
}
