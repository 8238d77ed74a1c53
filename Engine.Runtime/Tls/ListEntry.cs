namespace Engine.Runtime.Tls;

/// <summary>A line of a <c>crt-list</c>, or a file of a directory of certificates.</summary>
/// <param name="Path">Of the certificate, or of the bundle.</param>
/// <param name="Options">Its options as <c>show ssl crt-list</c> writes them; empty: none.</param>
/// <param name="Filters">Names as written.</param>
/// <param name="Number">The line, from 1; 0 for a file of a directory.</param>
public sealed record ListEntry(string Path, string Options, string[] Filters, int Number);
