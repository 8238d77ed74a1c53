using System;
using System.Text;

namespace Engine.Runtime.Tls;

/// <summary>
/// What the words of a <c>load</c> line (manual section 12.7.1), or those that entries of lists share with it, name: the
/// files that the parts of a certificate come from, as written. Null: not given.
/// </summary>
public sealed record LoadWords
{
    /// <summary>The certificate and its chain; in a list the entry itself names it as a rule.</summary>
    public string? Certificate { get; private set; }

    public string? Key { get; private set; }

    public string? Ocsp { get; private set; }

    public string? Issuer { get; private set; }

    public string? Timestamps { get; private set; }

    /// <summary>The name that other sections use instead of the path.</summary>
    public string? Alias { get; private set; }

    /// <summary><c>ocsp-update</c>; null: as <c>ocsp-update.mode</c> says.</summary>
    public bool? UpdatesOcsp { get; private set; }

    /// <summary><c>jwt</c>; null: not given.</summary>
    public bool? IsForTokens { get; private set; }

    /// <summary>Reads a word with its argument. False: it is none of these words.</summary>
    public bool TryRead(string word, Func<string> next, out string error)
    {
        error = "";
        switch (word)
        {
            case "crt":
                Certificate = next();
                return true;
            case "key":
                Key = next();
                return true;
            case "ocsp":
                Ocsp = next();
                return true;
            case "issuer":
                Issuer = next();
                return true;
            case "sctl":
                Timestamps = next();
                return true;
            case "alias":
                Alias = next();
                return true;
            case "ocsp-update":
                string value = next();
                if (value is "on" or "off") UpdatesOcsp = value == "on";
                else error = $"cannot parse 'ocsp-update' value '{value}', 'on' or 'off' is expected.";
                return true;
            case "jwt":
                string use = next();
                if (use is "on" or "off") IsForTokens = use == "on";
                else error = $"cannot parse 'jwt' value '{use}', 'on' or 'off' is expected.";
                return true;
            case "acme" or "domains" or "ips":
                error = $"'{word}' is not supported yet.";
                return true;
            default:
                return false;
        }
    }

    /// <summary>The paths as <c>show ssl cert</c> lists them.</summary>
    public CertificatePaths Paths(string path) => new(path, Key, Ocsp, Issuer, Timestamps);

    /// <summary>
    /// Whether a certificate that is loaded already was loaded by other words than an entry of a list has: it would be
    /// another certificate of the same name. Empty, or what is wrong.
    /// </summary>
    /// <param name="known">The certificate as loaded.</param>
    /// <param name="wanted">The entry's words; null: none.</param>
    /// <param name="place">The list and the line.</param>
    /// <param name="updatesByDefault"><c>ocsp-update.mode on</c>.</param>
    public static string Conflict(CertificateFile known, LoadWords? wanted, string place, bool updatesByDefault)
    {
        string difference = Difference(known, wanted, updatesByDefault);
        return difference.Length == 0 ? ""
            : $"'{known.Name}' in crt-list {place}, is already defined with incompatible parameters:\n{difference}";
    }

    /// <summary>The same for a certificate that a bind line names.</summary>
    public static string Conflict(CertificateFile known, bool updatesByDefault)
    {
        string difference = Difference(known, null, updatesByDefault);
        return difference.Length == 0 ? ""
            : $"Can't load '{known.Name}', is already defined with incompatible parameters:\n{difference}";
    }

    private static string Difference(CertificateFile known, LoadWords? wanted, bool updatesByDefault)
    {
        if (wanted is null && (known.Words is null || known.IsFromStore)) return "";
        string head = known.Words is null
            ? " Can't use the certificate previously defined without any keyword with these keywords:\n"
            : wanted is null ? " Can't use the certificate previously defined with keywords without these keywords:\n" : " ";
        CertificatePaths old = known.Paths;
        StringBuilder found = new();
        Compare(found, "key", old.Key, wanted?.Key);
        Compare(found, "ocsp", old.Ocsp, wanted?.Ocsp);
        Compare(found, "issuer", old.Issuer, wanted?.Issuer);
        Compare(found, "sctl", old.Timestamps, wanted?.Timestamps);
        CompareUpdates(found, known.Words?.UpdatesOcsp, wanted?.UpdatesOcsp, updatesByDefault);
        if (found.Length == 0 && head == " ") return "";
        return (head + found).TrimEnd('\n');
    }

    private static void Compare(StringBuilder text, string word, string? old, string? wanted)
    {
        if (old == wanted) return;
        text.Append("- different parameter '").Append(word).Append("' : previously '").Append(old ?? "(null)");
        text.Append("' vs '").Append(wanted ?? "(null)").Append("'\n");
    }

    private static void CompareUpdates(StringBuilder text, bool? old, bool? wanted, bool byDefault)
    {
        if ((old ?? byDefault) == (wanted ?? byDefault)) return;
        string Name(bool? said) => said is { } value
            ? value ? "'on'" : "'off'" : $"'default' (ocsp-update.mode {(byDefault ? "on" : "off")})";
        text.Append("- different parameter 'ocsp-update' : previously ");
        text.Append(Name(old)).Append(" vs ").Append(Name(wanted)).Append('\n');
    }
}
