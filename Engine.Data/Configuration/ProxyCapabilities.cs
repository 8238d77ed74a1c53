using System;

namespace Engine.Data.Configuration;

/// <summary>What a section is: <c>listen</c> is both.</summary>
[Flags]
public enum ProxyCapabilities : byte
{
    None = 0,
    Frontend = 1,
    Backend = 2,
    Listen = 3,

    /// <summary>A <c>defaults</c> section; never part of the compiled configuration's proxies.</summary>
    Defaults = 4,
}
