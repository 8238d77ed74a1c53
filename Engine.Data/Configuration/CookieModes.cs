using System;

namespace Engine.Data.Configuration;

/// <summary>What <c>cookie</c> has done with the cookie that names a server (manual section 4.2).</summary>
[Flags]
public enum CookieModes
{
    /// <summary>The cookie is the application's own: it is read and left as it is.</summary>
    None = 0,
    Rewrite = 1,
    Insert = 2,
    Prefix = 4,

    /// <summary>One of these, not several.</summary>
    Kinds = Rewrite | Insert | Prefix,

    /// <summary>No cookie for a client that has a valid one; servers do not see it.</summary>
    Indirect = 8,

    /// <summary>Answers that may be cached are marked private when a cookie is added.</summary>
    NoCache = 16,

    /// <summary>Cookies are added to answers to POST only.</summary>
    PostOnly = 32,

    /// <summary>What a server sets itself is left as it is.</summary>
    Preserve = 64,
    HttpOnly = 128,
    Secure = 256,

    /// <summary>Servers without a value of their own are given one made from their addresses.</summary>
    Dynamic = 512,
}
