using System;

namespace Engine.Data.Health;

/// <summary>What an administrator wants of a server. The numbers are those of <c>show servers state</c>.</summary>
[Flags]
public enum ServerAdmin : byte
{
    None = 0,
    ForcedMaintenance = 1,

    /// <summary>The server it tracks is in maintenance.</summary>
    InheritedMaintenance = 2,

    /// <summary>The configuration says <c>disabled</c>; kept when it is enabled later.</summary>
    ConfiguredMaintenance = 4,

    ForcedDrain = 8,

    /// <summary>The server it tracks is being drained.</summary>
    InheritedDrain = 16,

    /// <summary>Its name has no address yet (<c>init-addr none</c>).</summary>
    UnresolvedMaintenance = 32,

    Maintenance = ForcedMaintenance | InheritedMaintenance | UnresolvedMaintenance,
    Drain = ForcedDrain | InheritedDrain,
}
