namespace Engine.Runtime.Tls;

/// <summary>Directories that relative paths of a <c>load</c> line begin at; empty: as written.</summary>
/// <param name="Certificate">Of certificates.</param>
/// <param name="Key">Of keys.</param>
/// <param name="Others">Of what else belongs to a certificate.</param>
internal readonly record struct LoadBases(string Certificate, string Key, string Others);
