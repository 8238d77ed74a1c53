using System;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tests.EndToEnd.Harness;

/// <summary>Writes OCSP responses as a responder would (RFC 6960 section 4.2.1).</summary>
public static class OcspAnswer
{
    public const int Good = 0;
    public const int Unknown = 2;

    private const string Sha1Identifier = "1.3.14.3.2.26";
    private const string BasicResponseType = "1.3.6.1.5.5.7.48.1.1";
    private const string EcdsaSha256 = "1.2.840.10045.4.3.2";

    /// <summary>The DER form of a response about a certificate of an authority.</summary>
    /// <param name="about">The certificate.</param>
    /// <param name="authority">Who issued it.</param>
    /// <param name="signer">Who signs the response; null: the authority.</param>
    /// <param name="status">What is said of it.</param>
    /// <param name="hours">How long it is good for.</param>
    public static byte[] Make(
        TestCertificate about, TestCertificate authority, TestCertificate? signer = null, int status = Good, int hours = 12)
    {
        X509Certificate2 signing = (signer ?? authority).Certificate;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        AsnWriter data = new(AsnEncodingRules.DER);
        using (data.PushSequence())
        {
            using (data.PushSequence(Context(1))) data.WriteEncodedValue(signing.SubjectName.RawData);
            data.WriteGeneralizedTime(now, omitFractionalSeconds: true);
            using (data.PushSequence())
            using (data.PushSequence())
            {
                WriteIdentifier(data, about.Certificate, authority.Certificate);
                data.WriteNull(new Asn1Tag(TagClass.ContextSpecific, status));
                data.WriteGeneralizedTime(now.AddMinutes(-1), omitFractionalSeconds: true);
                using (data.PushSequence(Context(0))) data.WriteGeneralizedTime(now.AddHours(hours), omitFractionalSeconds: true);
            }
        }
        byte[] signed = data.Encode();
        using ECDsa key = signing.GetECDsaPrivateKey()!;
        AsnWriter basic = new(AsnEncodingRules.DER);
        using (basic.PushSequence())
        {
            basic.WriteEncodedValue(signed);
            using (basic.PushSequence()) basic.WriteObjectIdentifier(EcdsaSha256);
            basic.WriteBitString(key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
            using (basic.PushSequence(Context(0)))
            using (basic.PushSequence()) basic.WriteEncodedValue(signing.RawData);
        }
        AsnWriter response = new(AsnEncodingRules.DER);
        using (response.PushSequence())
        {
            response.WriteEnumeratedValue(Outcome.Successful);
            using (response.PushSequence(Context(0)))
            using (response.PushSequence())
            {
                response.WriteObjectIdentifier(BasicResponseType);
                response.WriteOctetString(basic.Encode());
            }
        }
        return response.Encode();
    }

    /// <summary>What a response about a certificate says that it is about, as the Runtime API shows it.</summary>
    public static string Identifier(TestCertificate about, TestCertificate authority)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        WriteIdentifier(writer, about.Certificate, authority.Certificate);
        return Convert.ToHexStringLower(writer.Encode());
    }

    private static void WriteIdentifier(AsnWriter writer, X509Certificate2 about, X509Certificate2 authority)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Sha1Identifier);
                writer.WriteNull();
            }
            writer.WriteOctetString(SHA1.HashData(authority.SubjectName.RawData));
            writer.WriteOctetString(SHA1.HashData(authority.PublicKey.EncodedKeyValue.RawData));
            writer.WriteIntegerUnsigned(about.SerialNumberBytes.Span);
        }
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);

    private enum Outcome
    {
        Successful = 0,
    }
}
