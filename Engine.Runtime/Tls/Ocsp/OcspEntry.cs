using System.Collections.Generic;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls.Ocsp;

/// <summary>A response that is kept up to date, or that somebody asked to be fetched once.</summary>
public sealed unsafe class OcspEntry
{
    /// <summary>What it is about, and what handshakes are given.</summary>
    public required OcspStaple Staple { get; init; }

    /// <summary>The responder; empty: the certificate names none.</summary>
    public string Address { get; init; } = "";

    /// <summary>Who issued the certificate and those between, held here; they vouch for the response.</summary>
    public required List<nint> Issuers { get; init; }

    /// <summary>Its turn does not come again.</summary>
    public bool IsOnce;

    /// <summary>It waits for its turn at <see cref="NextSeconds"/>.</summary>
    public bool IsScheduled;

    /// <summary>It is being fetched.</summary>
    public bool IsUnderWay;

    /// <summary>Nobody uses it any more: it is let go when it is not under way.</summary>
    public bool IsDropped;

    /// <summary>Seconds since 1970; 0: at once, or never yet.</summary>
    public long NextSeconds;

    public long LastSeconds;

    public uint Successes;
    public uint Failures;

    /// <summary>Failures since the last success: each doubles the time to the next attempt.</summary>
    public int FailuresInRow;

    public OcspStatus Status;

    /// <summary>Why it failed, where more is known than the status.</summary>
    public string Reason = "";

    /// <summary>How it ended, as logs and the Runtime API tell it.</summary>
    public string StatusText
    {
        get
        {
            string text = Status switch
            {
                OcspStatus.Updated => "Update successful",
                OcspStatus.HttpError => "HTTP error",
                OcspStatus.NoResponseType => "Missing \"ocsp-response\" header",
                OcspStatus.CheckFailed => "OCSP response check failure",
                OcspStatus.NotUsable => "Error during insertion",
                _ => "Unknown",
            };
            return Reason.Length == 0 ? text : $"{text} ({Reason})";
        }
    }

    /// <summary>Lets the library's objects go.</summary>
    public void Free()
    {
        foreach (nint certificate in Issuers) OpenSsl.CertificateFree(certificate);
        Issuers.Clear();
    }
}
