using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>The host names a certificate is made out to.</summary>
public static unsafe class CertificateNames
{
    /// <summary>Adds the DNS names and the common name, in lower case, each once.</summary>
    public static void Read(nint certificate, List<string> names)
    {
        nint alternatives = OpenSsl.CertificateExtension(certificate, LibraryConstants.AlternativeNames, null, null);
        int count = alternatives == 0 ? 0 : OpenSsl.StackCount(alternatives);
        for (int i = 0; i < count; i++)
        {
            uint kind;
            nint value = OpenSsl.NameValue(OpenSsl.StackValue(alternatives, i), &kind);
            if (kind == LibraryConstants.NameDns) Add(value, names);
        }
        if (alternatives != 0) OpenSsl.NameFree(alternatives);
        nint subject = OpenSsl.CertificateSubject(certificate);
        for (int at = -1; ;)
        {
            at = OpenSsl.NameIndex(subject, LibraryConstants.CommonName, at);
            if (at < 0) break;
            Add(OpenSsl.EntryData(OpenSsl.NameEntry(subject, at)), names);
        }
    }

    /// <summary>A name with a zero byte in it is made out to deceive (THREATS.md D3): it is none.</summary>
    private static void Add(nint text, List<string> names)
    {
        ReadOnlySpan<byte> bytes = new(OpenSsl.StringData(text), OpenSsl.StringLength(text));
        if (bytes.IsEmpty || bytes.Contains((byte)0)) return;
        string name = Encoding.Latin1.GetString(bytes).ToLowerInvariant();
        if (!names.Contains(name)) names.Add(name);
    }
}
