using System.Collections.Generic;
using Engine.Data.Configuration;

namespace Engine.Runtime.Tls;

/// <summary>The TLS words of a <c>bind</c> line while the files are read.</summary>
public sealed class TlsBindDraft
{
    /// <summary><c>ssl</c> was said: the rest counts.</summary>
    public bool IsOn;

    /// <summary>A word of it was refused: what is missing may have been meant by that.</summary>
    public bool HasFaults;

    public readonly TlsLine Line = new();

    /// <summary>Certificates in the order of the line, with what their entry of a list says.</summary>
    public readonly List<ListedCertificate> Certificates = [];

    public bool? StrictNames;

    /// <summary><c>tls-ticket-keys</c>: 48 or 80 bytes each.</summary>
    public List<byte[]>? TicketKeys;

    /// <summary>What is offered by ALPN when nothing is said of it.</summary>
    public string DefaultProtocols = "";

    // Filled when the line is over.
    public string Text = "";
    public string File = "";
    public int FileLine;
    public readonly List<Listener> Listeners = [];
}
