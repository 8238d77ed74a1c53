namespace Engine.Runtime.Tls.Ocsp;

/// <summary>How an update ended, numbered as logs and the Runtime API have it (management guide section 9.3).</summary>
public enum OcspStatus
{
    Unknown = 0,
    Updated = 1,

    /// <summary>No answer, or none with status 200.</summary>
    HttpError = 2,

    /// <summary>The answer is not said to be a response.</summary>
    NoResponseType = 3,

    /// <summary>It cannot be read, or is not signed by who may.</summary>
    CheckFailed = 4,

    /// <summary>It cannot be used: it is about another certificate, out of date, or says nothing.</summary>
    NotUsable = 5,
}
