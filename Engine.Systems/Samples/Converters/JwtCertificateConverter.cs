using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Samples.Converters;

/// <summary>
/// <c>jwt_verify_cert</c>: whether a token is signed with the key of a certificate that is allowed to be used for that
/// (manual section 7.3.1).
/// </summary>
internal static unsafe class JwtCertificateConverter
{
    private const long UnknownCertificate = -5;
    private const long UnavailableCertificate = -7;

    private sealed class Verification
    {
        /// <summary>When the argument is no variable.</summary>
        public JwtAlgorithm? Algorithm;

        /// <summary>The argument is the algorithm that proves nothing.</summary>
        public bool IsNone;

        public required JwtCertificates Certificates;
    }

    [ModuleInitializer]
    internal static void Register() => Words.Converters.Add(new(
        "jwt_verify_cert", new ArgumentSpec(2, ArgumentKind.String, ArgumentKind.String), SampleType.Binary,
        SampleType.Integer, &Verify)
    {
        Prepare = &Prepare,
    });

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        Verification verification = new() { Certificates = place.Draft.Parts.Get<JwtCertificates>() };
        arguments.Prepared = verification;
        string name = arguments.Text(0).ToString();
        if (ParseVariable.Name(place.Draft, name, out VariableRef variable) is null) Take(ref arguments.Items[0], variable);
        else
        {
            verification.Algorithm = JwtAlgorithm.Find(arguments.Text(0).Span);
            verification.IsNone = name == "none";
            if (verification.Algorithm is null && !verification.IsNone) return $"unknown JWT algorithm: {name}";
            if (verification.Algorithm is { IsHmac: true }) return "HMAC-signed tokens can't be processed by this converter";
        }
        string path = arguments.Text(1).ToString();
        if (ParseVariable.Name(place.Draft, path, out VariableRef named) is null) Take(ref arguments.Items[1], named);
        else verification.Certificates.Wanted.Add(path);
        return null;
    }

    private static void Take(ref Argument argument, VariableRef variable)
    {
        argument.Kind = ArgumentKind.Variable;
        argument.Integer = variable.Packed;
    }

    private static bool Verify(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Verification verification = Unsafe.As<Verification>(arguments.Prepared!);
        JwtAlgorithm? algorithm = verification.Algorithm;
        bool isNone = verification.IsNone;
        Sample value = default;
        if (arguments.Items[0].Kind == ArgumentKind.Variable)
        {
            if (!JwtConverters.TryVariable(ref scope, ref arguments.Items[0], ref value)) return false;
            algorithm = JwtAlgorithm.Find(value.Bytes.Span);
            isNone = algorithm is null && value.Bytes.Span.SequenceEqual("none"u8);
        }
        ByteView name = arguments.Text(1);
        if (arguments.Items[1].Kind == ArgumentKind.Variable)
        {
            value = default;
            if (!JwtConverters.TryVariable(ref scope, ref arguments.Items[1], ref value)) return false;
            name = value.Bytes;
        }
        sample.SetInteger(Judge(ref scope, verification.Certificates, sample.Bytes, algorithm, isNone, name));
        return true;
    }

    private static long Judge(
        ref Evaluation scope, JwtCertificates certificates, ByteView token, JwtAlgorithm? algorithm, bool isNone, ByteView name)
    {
        if (algorithm is null or { IsHmac: true })
            return isNone || algorithm is not null ? JwtConverters.UnmanagedAlgorithm : JwtConverters.UnknownAlgorithm;
        if (!JwtConverters.TrySplit(ref scope, token, algorithm, out ByteView signed, out ByteView signature, out bool same))
            return JwtConverters.BadToken;
        if (!certificates.TryFind(name, out JwtCertificates.Key? key)) return UnknownCertificate;
        if (key is null) return UnavailableCertificate;
        return same && JwtConverters.IsSigned(algorithm, key.Rsa, key.Curve, signed, signature)
            ? JwtConverters.Valid : JwtConverters.BadSignature;
    }
}
