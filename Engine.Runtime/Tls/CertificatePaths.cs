namespace Engine.Runtime.Tls;

/// <summary>The files that the parts of a certificate come from; null: none was looked for.</summary>
public sealed record CertificatePaths(
    string? Certificate = null, string? Key = null, string? Ocsp = null, string? Issuer = null, string? Timestamps = null);
