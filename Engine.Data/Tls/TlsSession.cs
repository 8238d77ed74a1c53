namespace Engine.Data.Tls;

/// <summary>
/// A session of a server that the thread's next connection to it under the same name resumes.
/// </summary>
public struct TlsSession
{
    /// <summary>The library's session, held once; 0 for none.</summary>
    public nint Session;

    /// <summary>Hash of the name it was made under.</summary>
    public ulong NameHash;
}
