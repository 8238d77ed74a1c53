namespace Engine.Runtime.Tls;

/// <summary>The <c>crt-store</c> section that is being read (manual section 12.7).</summary>
public sealed class CertificateStore
{
    /// <summary>Its certificates are <c>@name/...</c>; empty: those without an alias are known by their path.</summary>
    public string Name = "";

    /// <summary><c>crt-base</c> and <c>key-base</c> of the section; null: those of <c>global</c>.</summary>
    public string? CrtBase;

    public string? KeyBase;

    /// <summary>There was a <c>load</c> line: the bases are settled.</summary>
    public bool HasLoaded;

    /// <summary>The name that a certificate gets.</summary>
    /// <param name="words">Its line.</param>
    /// <param name="full">Its path with the base before it.</param>
    public string NameOf(LoadWords words, string full)
    {
        if (words.Alias is { Length: > 0 } alias) return $"@{Name}/{alias}";
        if (Name.Length == 0) return full;
        string path = words.Certificate!;
        return path.StartsWith('/') ? $"@{Name}{path}" : $"@{Name}/{path}";
    }
}
