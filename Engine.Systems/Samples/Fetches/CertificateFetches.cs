using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// Facts of certificates (manual section 7.3.4): the client's (<c>ssl_c_</c>), ours towards the client
/// (<c>ssl_f_</c>)
/// and the server's (<c>ssl_s_</c>).
/// </summary>
internal static unsafe class CertificateFetches
{
    private const int Sha1Length = 20;

    [ModuleInitializer]
    internal static void Register()
    {
        AddSide<ClientCertificate>("ssl_c_");
        AddSide<OwnCertificate>("ssl_f_");
        AddSide<ServerCertificate>("ssl_s_");
    }

    private static void AddSide<TSide>(string prefix)
        where TSide : struct, ICertificateSide
    {
        Add(prefix + "der", SampleType.Binary, &Der<TSide>);
        Add(prefix + "key_alg", SampleType.String, &KeyAlgorithm<TSide>);
        Add(prefix + "notafter", SampleType.String, &NotAfter<TSide>);
        Add(prefix + "notbefore", SampleType.String, &NotBefore<TSide>);
        Add(prefix + "serial", SampleType.Binary, &Serial<TSide>);
        Add(prefix + "sha1", SampleType.Binary, &Sha1<TSide>);
        Add(prefix + "sig_alg", SampleType.String, &SignatureAlgorithm<TSide>);
        Add(prefix + "version", SampleType.Integer, &Version<TSide>);
        AddName(prefix + "s_dn", &Subject<TSide>);
        AddName(prefix + "i_dn", &Issuer<TSide>);
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.Session, fetch));

    internal static void AddName(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch)
    {
        ArgumentSpec arguments = new(0, ArgumentKind.String, ArgumentKind.Integer, ArgumentKind.String);
        Words.Fetches.Add(new(word, arguments, SampleType.String, SamplePlaces.Session, fetch)
        {
            Prepare = &CheckFormat,
        });
    }

    private static string? CheckFormat(ParsePlace place, Arguments arguments) =>
        !arguments.Has(2) || arguments.Text(2).Span.SequenceEqual("rfc2253"u8) ? null
            : "only rfc2253 or a blank value are currently supported";

    private static bool Der<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        if (certificate == 0) return false;
        int length = OpenSsl.CertificateDer(certificate, null);
        Span<byte> room = scope.Scratch.Free;
        if (length <= 0 || length > room.Length) return false;
        fixed (byte* start = room)
        {
            byte* at = start;
            _ = OpenSsl.CertificateDer(certificate, &at);
        }
        sample.SetBinary(scope.Scratch.Commit(length));
        return true;
    }

    private static bool KeyAlgorithm<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        nint key = certificate == 0 ? 0 : OpenSsl.CertificateKey(certificate);
        return key != 0 && Named(OpenSsl.KeyId(key), ref sample);
    }

    private static bool SignatureAlgorithm<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        return certificate != 0 && Named(OpenSsl.CertificateSignature(certificate), ref sample);
    }

    private static bool NotAfter<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        return certificate != 0 && Time(OpenSsl.CertificateNotAfter(certificate), ref sample);
    }

    private static bool NotBefore<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        return certificate != 0 && Time(OpenSsl.CertificateNotBefore(certificate), ref sample);
    }

    private static bool Serial<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        if (certificate == 0) return false;
        sample.SetBinary(Bytes(OpenSsl.CertificateSerial(certificate)));
        return true;
    }

    private static bool Sha1<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        Span<byte> room = scope.Scratch.Free;
        if (certificate == 0 || room.Length < Sha1Length) return false;
        uint length = Sha1Length;
        fixed (byte* start = room)
            if (OpenSsl.CertificateHash(certificate, OpenSsl.Digest1(), start, &length) != 1) return false;
        sample.SetBinary(scope.Scratch.Commit((int)length));
        return true;
    }

    private static bool Version<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        if (certificate == 0) return false;
        sample.SetInteger(OpenSsl.CertificateVersion(certificate) + 1);
        return true;
    }

    private static bool Subject<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        return certificate != 0
            && DistinguishedName.Read(ref scope, OpenSsl.CertificateSubject(certificate), arguments, ref sample);
    }

    private static bool Issuer<TSide>(ref Evaluation scope, Arguments arguments, ref Sample sample)
        where TSide : struct, ICertificateSide
    {
        nint certificate = TSide.Certificate(ref scope);
        return certificate != 0
            && DistinguishedName.Read(ref scope, OpenSsl.CertificateIssuer(certificate), arguments, ref sample);
    }

    private static bool Named(int identifier, ref Sample sample)
    {
        byte* name = OpenSsl.NidShortName(identifier);
        if (name == null) return false;
        sample.SetString(new ByteView(name, TlsText.Of(name).Length));
        return true;
    }

    /// <summary>
    /// YYMMDDhhmmss with its zone; of a four-digit year only this century's is known (RFC 5280 section
    /// 4.1.2.5).
    /// </summary>
    private static bool Time(nint time, ref Sample sample)
    {
        const int generalized = 24;
        ByteView text = Bytes(time);
        if (OpenSsl.StringType(time) == generalized)
        {
            if (text.Length < 12 || !text.Span.StartsWith("20"u8)) return false;
            text = text.Slice(2, text.Length - 2);
        }
        if (text.Length < 10) return false;
        sample.SetString(text);
        return true;
    }

    private static ByteView Bytes(nint value) => new(OpenSsl.StringData(value), OpenSsl.StringLength(value));
}
