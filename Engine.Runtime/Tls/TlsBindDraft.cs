using System.Collections.Generic;
using System.Runtime.InteropServices;
using Engine.Data.Configuration;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>The TLS words of a <c>bind</c> line while the files are read.</summary>
public sealed class TlsBindDraft
{
    /// <summary><c>ssl</c> was said: the rest counts.</summary>
    public bool IsOn;

    /// <summary>A word of it was refused: what is missing may have been meant by that.</summary>
    public bool HasFaults;

    public readonly TlsLine Line = new();

    /// <summary>What <c>ssl-default-bind-*</c> had said when the line said <c>ssl</c>; null: it did not.</summary>
    public TlsLine? Defaults;

    /// <summary>Certificates in the order of the line, with what their entry of a list says.</summary>
    public List<ListedCertificate> Certificates = [];

    /// <summary>Paths of the lists and directories that they come from.</summary>
    public readonly List<string> Lists = [];

    public bool? StrictNames;

    /// <summary><c>tls-ticket-keys</c>: the keys of the file, shared by the lines that name it.</summary>
    public TicketKeySet? TicketKeys;

    /// <summary><c>generate-certificates</c>: names without a certificate get one that is made for them.</summary>
    public bool Forges;

    /// <summary><c>ca-sign-file</c>, with its base before it; null: not given.</summary>
    public string? SignFile;

    /// <summary><c>ca-sign-pass</c>: what opens the key in it.</summary>
    public string? SignPassword;

    /// <summary>Who signs what is made; null: nothing is.</summary>
    public CertificateFile? Signer;

    /// <summary>What is offered by ALPN when nothing is said of it.</summary>
    public string DefaultProtocols = "";

    // Filled when the line is over.
    public string Text = "";
    public string File = "";
    public int FileLine;

    /// <summary>How messages name the line: <c>'bind :443' in section 'frontend'</c>.</summary>
    public string What = "";

    public readonly List<Listener> Listeners = [];

    // Filled when the contexts are made.
    /// <summary>Early data that <c>allow-0rtt</c> takes, bytes: as much as a request may have in front of its body.</summary>
    public int EarlyMax;

    public TlsBind? Target;
    public string Frontend = "";
    public GCHandle Owner;

    /// <summary>The errors that it overlooks, in native memory; null: none.</summary>
    public unsafe TlsIgnored* Ignored;

    /// <summary>The context that exists for a certificate under a policy.</summary>
    public Dictionary<(CertificateFile File, TlsLine Line), TlsIdentity> Made = [];
}
