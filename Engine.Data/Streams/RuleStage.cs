namespace Engine.Data.Streams;

/// <summary>The rule sets that a stream passes, in order; where it stands while one waits.</summary>
public enum RuleStage : byte
{
    /// <summary><c>tcp-request content</c> of the frontend.</summary>
    FrontendContent = 0,

    /// <summary><c>option http-buffer-request</c> of the frontend.</summary>
    FrontendBody,

    /// <summary><c>http-request</c> of the frontend.</summary>
    FrontendRequest,

    /// <summary>A form of the frontend's statistics page.</summary>
    FrontendPage,

    /// <summary>The backend is chosen.</summary>
    Switching,

    /// <summary><c>tcp-request content</c> of the backend.</summary>
    BackendContent,

    /// <summary><c>option http-buffer-request</c> of the backend.</summary>
    BackendBody,

    /// <summary><c>http-request</c> of the backend.</summary>
    BackendRequest,

    /// <summary>A form of the backend's statistics page.</summary>
    BackendPage,

    /// <summary>What comes behind all rules of the request.</summary>
    Ruled,

    /// <summary><c>tcp-response content</c>.</summary>
    ResponseContent,

    /// <summary><c>http-response</c> of the backend.</summary>
    BackendResponse,

    /// <summary><c>http-response</c> of the frontend.</summary>
    FrontendResponse,
}
