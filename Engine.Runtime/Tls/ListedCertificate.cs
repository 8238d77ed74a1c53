namespace Engine.Runtime.Tls;

/// <summary>
/// A certificate of a bind line: from <c>crt</c>, from <c>default-crt</c> or from an entry of a <c>crt-
/// list</c>.
/// </summary>
/// <param name="File">What was loaded.</param>
/// <param name="Filters">Names it is for; null: those it is made out to.</param>
/// <param name="Line">What its entry says; null: as the bind line.</param>
/// <param name="IsDefault">It also serves clients that no name leads to a certificate for.</param>
/// <param name="Entry">The entry of a list that it stands in; null: none.</param>
public sealed record ListedCertificate(
    CertificateFile File, string[]? Filters, TlsLine? Line, bool IsDefault, ListEntry? Entry = null);
