using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Health;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>How the servers of a section are checked, as its lines have said so far.</summary>
internal sealed class CheckPart : IInheritedPart
{
    /// <summary>The last <c>option httpchk</c>, <c>tcp-check</c>, <c>mysql-check</c> ... of the section.</summary>
    public CheckKind Kind;

    /// <summary>User of a database, name for a mail server, and how they are meant.</summary>
    public string Argument = "";

    public string Variant = "";

    // The request of option httpchk.
    public string Method = "OPTIONS";
    public string Target = "/";
    public string Version = "HTTP/1.0";
    public string Host = "";

    /// <summary>The host of the request, without a port; null: none, or one that each check makes anew.</summary>
    public string? HostName
    {
        get
        {
            if (HttpRules.Exists(static rule => rule.Step.Kind == CheckStepKind.Connect && !rule.IsComment)) return null;
            CheckRule? send = HttpRules.Find(static rule => rule.Step.Kind == CheckStepKind.SendHttp);
            string host = Host;
            foreach (string line in (send?.Fields ?? "").Split("\r\n"))
                if (line.StartsWith("host: ", StringComparison.Ordinal)) host = line["host: ".Length..];
            return host.Contains('%') ? null : host.Split(':')[0];
        }
    }

    public bool DisablesOn404;
    public bool SendsState;
    public string? Command;
    public string? CommandPath;

    /// <summary>Rules in order; a section with rules of its own has none of its defaults.</summary>
    public List<CheckRule> TcpRules = [];

    public List<CheckRule> HttpRules = [];

    /// <summary>The rules are those of the defaults section.</summary>
    public bool TcpInherited;

    public bool HttpInherited;

    /// <summary>The request of <c>option httpchk</c> is that of the defaults section, and goes with its rules.</summary>
    public bool RequestInherited;

    public object InheritBy(ProxyDraft proxy)
    {
        CheckPart part = (CheckPart)MemberwiseClone();
        part.TcpRules = [.. TcpRules];
        part.HttpRules = [.. HttpRules];
        part.TcpInherited = TcpRules.Count > 0;
        part.HttpInherited = HttpRules.Count > 0;
        part.RequestInherited = true;
        return part;
    }

    /// <summary>Before a section's own rule or <c>option httpchk</c>: rules of its defaults are gone.</summary>
    /// <param name="request">The section says what is asked, so the request of its defaults is gone too.</param>
    public void BeginOwnHttp(bool request)
    {
        if (HttpInherited) HttpRules.Clear();
        HttpInherited = false;
        if (!request) return;
        if (RequestInherited) (Method, Target, Version, Host) = ("OPTIONS", "/", "HTTP/1.0", "");
        RequestInherited = false;
    }

    public static CheckPart Of(Directive line) => line.Proxy.Parts.Get<CheckPart>();
}
