using System;
using System.Text;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>Certificates, revocation lists and times as the Runtime API shows them.</summary>
public static unsafe class CertificateText
{
    private const int LineMax = 4096;

    /// <summary>The lines of a certificate from its serial number to its issuer.</summary>
    public static void Describe(nint certificate, StringBuilder text)
    {
        text.Append("Serial: ").Append(Serial(OpenSsl.CertificateSerial(certificate))).Append('\n');
        text.Append("notBefore: ").Append(Time(OpenSsl.CertificateNotBefore(certificate))).Append('\n');
        text.Append("notAfter: ").Append(Time(OpenSsl.CertificateNotAfter(certificate))).Append('\n');
        text.Append("Subject Alternative Name: ").Append(Alternatives(certificate)).Append('\n');
        text.Append("Algorithm: ").Append(Algorithm(certificate)).Append('\n');
        text.Append("SHA1 FingerPrint: ").Append(Fingerprint(certificate)).Append('\n');
        text.Append("Subject: ").Append(Name(OpenSsl.CertificateSubject(certificate))).Append('\n');
        text.Append("Issuer: ").Append(Name(OpenSsl.CertificateIssuer(certificate))).Append('\n');
    }

    /// <summary>The lines of a revocation list behind its number.</summary>
    public static void DescribeRevocations(nint list, StringBuilder text)
    {
        text.Append("Version ").Append(OpenSslObjects.RevocationVersion(list) + 1).Append('\n');
        byte* algorithm = OpenSsl.NidLongName(OpenSslObjects.RevocationSignature(list));
        text.Append("Signature Algorithm: ").Append(Text(algorithm)).Append('\n');
        text.Append("Issuer: ").Append(Name(OpenSslObjects.RevocationIssuer(list))).Append('\n');
        text.Append("Last Update: ").Append(Time(OpenSslObjects.RevocationLast(list))).Append('\n');
        text.Append("Next Update: ").Append(Time(OpenSslObjects.RevocationNext(list))).Append('\n');
        nint revoked = OpenSslObjects.RevocationEntries(list);
        int count = revoked == 0 ? 0 : OpenSsl.StackCount(revoked);
        text.Append(count > 0 ? "Revoked Certificates:\n" : "No Revoked Certificates.\n");
        for (int i = 0; i < count; i++)
        {
            nint entry = OpenSsl.StackValue(revoked, i);
            text.Append("    Serial Number: ").Append(Serial(OpenSslObjects.RevokedSerial(entry))).Append('\n');
            text.Append("        Revocation Date: ").Append(Time(OpenSslObjects.RevokedDate(entry))).Append('\n');
        }
    }

    /// <summary>A time as the library prints it: <c>Nov 27 15:50:28 2026 GMT</c>.</summary>
    public static string Time(nint time) =>
        time == 0 ? "NONE" : Print(bio => OpenSslObjects.PrintTime(bio, time));

    /// <summary>A time in seconds since 1970; 0 when it is none.</summary>
    public static long Moment(nint time)
    {
        int days;
        int seconds;
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return OpenSslObjects.TimeDifference(&days, &seconds, 0, time) == 1 ? now + (days * 86400L) + seconds : 0;
    }

    /// <summary>A name in one line: <c>/C=FR/O=x/CN=y</c>.</summary>
    public static string Name(nint name)
    {
        byte* line = stackalloc byte[LineMax];
        return name == 0 || OpenSslObjects.NameLine(name, line, LineMax) == null ? "" : Text(line);
    }

    /// <summary>A number in hexadecimal, two digits a byte.</summary>
    public static string Serial(nint number) => Convert.ToHexString(Bytes(number));

    /// <summary>The bytes of a string of the library.</summary>
    public static ReadOnlySpan<byte> Bytes(nint text) => new(OpenSsl.StringData(text), OpenSsl.StringLength(text));

    /// <summary>What a function writes to an object of the library, as text.</summary>
    public static string Print(Action<nint> write)
    {
        nint bio = OpenSsl.BioNew(OpenSsl.BioMemoryMethod());
        write(bio);
        StringBuilder text = new();
        byte* piece = stackalloc byte[LineMax];
        while (OpenSsl.BioRead(bio, piece, LineMax) is var count && count > 0)
            text.Append(Encoding.Latin1.GetString(piece, count));
        _ = OpenSsl.BioFree(bio);
        OpenSsl.ErrorsClear();
        return text.ToString();
    }

    private static string Alternatives(nint certificate)
    {
        nint names = OpenSsl.CertificateExtension(certificate, LibraryConstants.AlternativeNames, null, null);
        if (names == 0) return "";
        string text = Print(bio =>
        {
            for (int i = 0; i < OpenSsl.StackCount(names); i++)
            {
                fixed (byte* comma = ", "u8)
                    if (i > 0) _ = OpenSsl.BioWrite(bio, comma, 2);
                _ = OpenSslObjects.PrintName(bio, OpenSsl.StackValue(names, i));
            }
        });
        OpenSsl.NameFree(names);
        return text;
    }

    private static string Algorithm(nint certificate)
    {
        nint key = OpenSsl.CertificateKey(certificate);
        int bits = OpenSsl.KeyBits(key);
        return OpenSsl.KeyId(key) switch
        {
            LibraryConstants.KeyRsa => $"RSA{bits}",
            LibraryConstants.KeyEc => $"EC{bits}",
            LibraryConstants.KeyDsa => $"DSA{bits}",
            int other => Text(OpenSsl.NidShortName(other)),
        };
    }

    /// <summary>SHA-1 of a certificate, hexadecimal.</summary>
    public static string Fingerprint(nint certificate)
    {
        const int length = 20;
        byte* hash = stackalloc byte[64];
        uint written = 64;
        return OpenSsl.CertificateHash(certificate, OpenSsl.Digest1(), hash, &written) == 1
            ? Convert.ToHexString(new ReadOnlySpan<byte>(hash, length)) : "";
    }

    internal static string Text(byte* text) =>
        text == null ? "" : System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)text) ?? "";
}
