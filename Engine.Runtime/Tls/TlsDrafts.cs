using System;
using System.Collections.Generic;
using Engine.Data.Tls;
using Engine.Runtime.Tls.Ocsp;

namespace Engine.Runtime.Tls;

/// <summary>
/// What the TLS words of the <c>global</c> section say, and what the files have loaded so far.
/// </summary>
public sealed class TlsDrafts
{
    public readonly TlsLine BindDefaults = new();
    public readonly TlsLine ServerDefaults = new();

    /// <summary><c>ssl-default-bind-options strict-sni</c>.</summary>
    public bool StrictNames;

    /// <summary><c>ssl-server-verify none</c>: servers are not verified unless their line says so.</summary>
    public bool ServersUnverified;

    public string CrtBase = "";
    public string CaBase = "";

    /// <summary><c>key-base</c>: the directory of keys that <c>load</c> lines name.</summary>
    public string KeyBase = "";

    /// <summary>The <c>crt-store</c> section that is being read.</summary>
    public CertificateStore Store = new();

    public ExtraFiles Extra = ExtraFiles.All;

    /// <summary><c>tune.ssl.default-dh-param</c>, bits; 0: not given.</summary>
    public int DhBits;

    /// <summary><c>ssl-dh-param-file</c>: parameters for certificates without their own; 0: none.</summary>
    public nint DhParameters;

    /// <summary><c>tune.ssl.cachesize</c>: sessions remembered; default 20000.</summary>
    public int CacheSize = 20000;

    /// <summary><c>tune.ssl.ssl-ctx-cache-size</c>: made certificates that are kept; default 1000.</summary>
    public int ForgedMax = 1000;

    /// <summary>What was made for names; null: no line asks for that.</summary>
    internal ForgedCache? Forged;

    /// <summary><c>tune.ssl.lifetime</c>, seconds; default 300.</summary>
    public int LifetimeSeconds = 300;

    /// <summary><c>tune.ssl.capture-buffer-size</c>, bytes; -1: not given.</summary>
    public int HelloSize = -1;

    /// <summary><c>tune.ssl.keylog on</c>.</summary>
    public bool KeepsSecrets;

    /// <summary><c>tune.ssl.keyupdate-rate-limit</c>: changes of keys a second; 0: any number.</summary>
    public int KeyUpdatesMax = 100;

    /// <summary><c>tune.ssl.certificate-compression auto</c>; otherwise none is sent or taken (THREATS.md D4).</summary>
    public bool CompressesCertificates;

    /// <summary>Where is told what a message about a line does not say; null: nobody listens.</summary>
    public Action<string>? Alert;

    /// <summary>The same, for what is doubtful.</summary>
    public Action<string>? Warn;

    /// <summary>Certificates whose response was looked at: what is wrong with it is told once.</summary>
    public readonly HashSet<CertificateFile> StaplesTold = [];

    /// <summary><c>ssl-passphrase-cmd</c>.</summary>
    internal readonly KeyPassphrases Passphrases = new();

    /// <summary><c>tune.ssl.maxrecord</c>, bytes; 0: not given.</summary>
    public int RecordMax;

    /// <summary><c>tune.ssl.hard-maxrecord</c>, bytes; 0: not given.</summary>
    public int HardRecordMax;

    /// <summary>The lower of both; 0: none.</summary>
    public int RecordLimit =>
        RecordMax == 0 ? HardRecordMax : HardRecordMax == 0 ? RecordMax : Math.Min(RecordMax, HardRecordMax);

    /// <summary><c>ssl-security-level</c>; -1: the library's.</summary>
    public int SecurityLevel = -1;

    /// <summary><c>issuers-chain-path</c>.</summary>
    public readonly IssuerChains Issuers = new();

    /// <summary><c>ssl-skip-self-issued-ca</c>: what clients must know by themselves is not sent.</summary>
    public bool SkipsSelfIssued;

    /// <summary>Loaded certificates by name: several lines share one.</summary>
    public readonly SortedDictionary<string, CertificateFile> Certificates = new(StringComparer.Ordinal);

    /// <summary>What <c>ca-file</c> and <c>crl-file</c> loaded, by path.</summary>
    public readonly SortedDictionary<string, AuthoritySet> Authorities = new(StringComparer.Ordinal);

    public readonly SortedDictionary<string, AuthoritySet> Revocations = new(StringComparer.Ordinal);

    /// <summary>Lists and directories of certificates by path.</summary>
    public readonly SortedDictionary<string, ListFile> Lists = new(StringComparer.Ordinal);

    /// <summary><c>tls-ticket-keys</c> files in the order they were read.</summary>
    public readonly List<TicketKeySet> TicketFiles = [];

    /// <summary>Stapled responses by the hexadecimal DER form of what they are about.</summary>
    public readonly SortedDictionary<string, OcspStaple> Staples = new(StringComparer.Ordinal);

    /// <summary><c>ocsp-update.*</c>.</summary>
    public readonly OcspSettings Ocsp;

    /// <summary>Who keeps responses up to date.</summary>
    public readonly OcspUpdater OcspUpdater;

    public TlsDrafts()
    {
        Ocsp = new OcspSettings();
        OcspUpdater = new OcspUpdater(Ocsp);
    }

    /// <summary>A certificate's response is kept up to date: its words say so, or they say nothing and the default does.</summary>
    public bool UpdatesOcsp(CertificateFile file) => file.Words?.UpdatesOcsp ?? Ocsp.IsOnByDefault;

    /// <summary>A certificate has a response, or is to get one.</summary>
    public bool HasStaple(CertificateFile file) =>
        file.Ocsp is not null || (UpdatesOcsp(file) && file.Certificate != 0 && OcspQuestion.ResponderOf(file.Certificate).Length > 0);

    public readonly List<TlsBindDraft> Binds = [];

    /// <summary>Encrypted servers whose contexts are made.</summary>
    public readonly List<TlsServerDraft> Servers = [];

    /// <summary>What the Runtime API has set and not committed; null: nothing.</summary>
    public CertificateFile? Pending;

    public AuthoritySet? PendingAuthorities;
    public AuthoritySet? PendingRevocations;

    /// <summary>The process serves: what is named must have been loaded before.</summary>
    public bool ReadsNoFiles;

    public SortedDictionary<string, AuthoritySet> SetsOf(bool revocations) => revocations ? Revocations : Authorities;

    /// <summary>
    /// A path as a line gives it, with its base before it where it has no slash in front and is no name of a store.
    /// </summary>
    public static string Under(string path, string directory) =>
        path.StartsWith('/') || path.StartsWith('@') || directory.Length == 0 ? path : $"{directory}/{path}";
}
