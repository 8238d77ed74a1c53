namespace Engine.Runtime.Signals;

/// <summary>What SIGHUP tells of a proxy: servers by state, connections now and since start.</summary>
public readonly record struct ProxyReport(
    string Name,
    int Servers,
    int ActiveUp,
    int BackupUp,
    int Frontend,
    int Backend,
    int Waiting,
    ulong FrontendTotal,
    ulong BackendTotal);
