using System;

namespace Engine.Data.Registries;

/// <summary>Sections of the configuration, and sets of them: where a keyword may stand (manual section 2.3).</summary>
[Flags]
public enum SectionKinds : uint
{
    None = 0,
    Global = 1,
    Defaults = 2,
    Frontend = 4,
    Listen = 8,
    Backend = 16,

    /// <summary>Every section that makes or prepares a proxy.</summary>
    Proxies = Defaults | Frontend | Listen | Backend,

    /// <summary>Proxies that accept connections, and defaults for them.</summary>
    FrontendSide = Defaults | Frontend | Listen,

    /// <summary>Proxies that have servers, and defaults for them.</summary>
    BackendSide = Defaults | Listen | Backend,

    Userlist = 32,
    Peers = 64,
    Resolvers = 128,
    Mailers = 256,
    Cache = 512,
    Ring = 1024,
    LogForward = 2048,
    LogProfile = 4096,
    HttpErrors = 8192,
    Program = 16384,
    FcgiApp = 32768,
    CrtStore = 65536,
    Traces = 131072,
    Acme = 262144,
    HttpClient = 524288,
}
