using System;
using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Samples.Converters;

/// <summary>JSON web tokens (RFC 7519; manual section 7.3.1).</summary>
internal static unsafe class JwtConverters
{
    internal const long Valid = 1;
    internal const long BadSignature = 0;
    internal const long UnknownAlgorithm = -1;

    /// <summary>The algorithm <c>none</c> proves nothing.</summary>
    internal const long UnmanagedAlgorithm = -2;
    internal const long BadToken = -3;

    private sealed class Verification
    {
        /// <summary>When the argument is no variable.</summary>
        public JwtAlgorithm? Algorithm;
        public RSA? Rsa;
        public ECDsa? Curve;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec query = new(0, ArgumentKind.String, ArgumentKind.String);
        Words.Converters.Add(new("jwt_header_query", query, SampleType.Binary, SampleType.None, &QueryHeader)
        {
            Prepare = &PrepareQuery,
        });
        Words.Converters.Add(new("jwt_payload_query", query, SampleType.Binary, SampleType.None, &QueryPayload)
        {
            Prepare = &PrepareQuery,
        });
        Words.Converters.Add(new(
            "jwt_verify", new ArgumentSpec(2, ArgumentKind.String, ArgumentKind.String), SampleType.Binary,
            SampleType.Integer, &Verify)
        {
            Prepare = &PrepareVerify,
        });
    }

    private static string? PrepareQuery(ParsePlace place, Arguments arguments) =>
        arguments.Has(0) ? JsonConverters.PrepareQuery(place, arguments) : null;

    private static string? PrepareVerify(ParsePlace place, Arguments arguments)
    {
        Verification verification = new();
        arguments.Prepared = verification;
        string name = arguments.Text(0).ToString();
        if (ParseVariable.Name(place.Draft, name, out VariableRef variable) is null)
        {
            arguments.Items[0].Kind = ArgumentKind.Variable;
            arguments.Items[0].Integer = variable.Packed;
        }
        else
        {
            verification.Algorithm = JwtAlgorithm.Find(arguments.Text(0).Span);
            if (verification.Algorithm is null) return $"unknown JWT algorithm: {name}";
        }
        string key = arguments.Text(1).ToString();
        if (ParseVariable.Name(place.Draft, key, out VariableRef secret) is null)
        {
            arguments.Items[1].Kind = ArgumentKind.Variable;
            arguments.Items[1].Integer = secret.Packed;
            return null;
        }
        if (verification.Algorithm is null or { IsHmac: true }) return null;
        return ParsePublicKey.TryRun(key, verification.Algorithm.IsCurve, out verification.Rsa, out verification.Curve)
            ? null
            : $"failed to load the public key '{key}'";
    }

    private static bool QueryHeader(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        QueryPart(ref scope, arguments, 0, ref sample);

    private static bool QueryPayload(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        QueryPart(ref scope, arguments, 1, ref sample);

    /// <summary>A part of the token decoded, and a value of it where a path was given.</summary>
    private static bool QueryPart(ref Evaluation scope, Arguments arguments, int number, ref Sample sample)
    {
        if (!TryParts(sample.Bytes, out int first, out int second)) return false;
        ByteView part = number == 0
            ? sample.Bytes.Slice(0, first)
            : sample.Bytes.Slice(first + 1, second - first - 1);
        if (!TryDecode(ref scope, part, out ByteView text)) return false;
        sample.SetString(text);
        return !arguments.Has(0) || JsonConverters.Query(ref scope, arguments, ref sample);
    }

    private static bool TryParts(ByteView token, out int first, out int second)
    {
        ReadOnlySpan<byte> text = token.Span;
        first = text.IndexOf((byte)'.');
        second = first < 0 ? -1 : text[(first + 1)..].IndexOf((byte)'.');
        if (second < 0) return false;
        second += first + 1;
        return !text[(second + 1)..].Contains((byte)'.');
    }

    private static bool TryDecode(ref Evaluation scope, ByteView text, out ByteView bytes)
    {
        bytes = default;
        if (!DecodeBase64.TryRunUrl(text.Span, scope.Scratch.Free, out int written)) return false;
        bytes = scope.Scratch.Commit(written);
        return true;
    }

    private static bool Verify(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Verification verification = Unsafe.As<Verification>(arguments.Prepared!);
        JwtAlgorithm? algorithm = verification.Algorithm;
        bool isNone = false;
        if (arguments.Items[0].Kind == ArgumentKind.Variable)
        {
            Sample name = default;
            if (!TryVariable(ref scope, ref arguments.Items[0], ref name)) return false;
            algorithm = JwtAlgorithm.Find(name.Bytes.Span);
            isNone = algorithm is null && name.Bytes.Span.SequenceEqual("none"u8);
        }
        ByteView token = sample.Bytes;
        if (algorithm is null)
        {
            sample.SetInteger(isNone ? UnmanagedAlgorithm : UnknownAlgorithm);
            return true;
        }
        if (!TrySplit(ref scope, token, algorithm, out ByteView signed, out ByteView signature, out bool same))
        {
            sample.SetInteger(BadToken);
            return true;
        }
        bool valid = same && (algorithm.IsHmac
            ? IsAuthentic(ref scope, arguments, algorithm, signed, signature)
            : IsSigned(algorithm, verification.Rsa, verification.Curve, signed, signature));
        sample.SetInteger(valid ? Valid : BadSignature);
        return true;
    }

    /// <summary>What of a token is signed, its signature, and whether its header names the algorithm. False: it is none.</summary>
    internal static bool TrySplit(
        ref Evaluation scope, ByteView token, JwtAlgorithm algorithm, out ByteView signed, out ByteView signature, out bool same)
    {
        signed = default;
        signature = default;
        same = false;
        if (!TryParts(token, out int first, out int second)) return false;
        signed = token.Slice(0, second);
        return TryDecode(ref scope, token.Slice(second + 1, token.Length - second - 1), out signature)
            && NamesAlgorithm(ref scope, token.Slice(0, first), algorithm, out same);
    }

    internal static bool IsSigned(JwtAlgorithm algorithm, RSA? rsa, ECDsa? curve, ByteView signed, ByteView signature) =>
        algorithm.IsCurve
            ? curve is not null && curve.VerifyData(signed.Span, signature.Span, algorithm.Hash)
            : rsa is not null && rsa.VerifyData(signed.Span, signature.Span, algorithm.Hash, algorithm.Padding);

    internal static bool TryVariable(ref Evaluation scope, ref Argument argument, ref Sample sample) =>
        AccessVariable.TryGet(ref scope, VariableRef.Unpack(argument.Integer), ref sample)
        && CastSample.Run(ref scope, ref sample, SampleType.String);

    /// <summary>Whether the token's header is one; and whether it names the algorithm that is asked for.</summary>
    private static bool NamesAlgorithm(ref Evaluation scope, ByteView header, JwtAlgorithm algorithm, out bool same)
    {
        same = false;
        if (!TryDecode(ref scope, header, out ByteView text)) return false;
        if (!ScanJson.TryFind(text, JwtAlgorithm.PathOfName, out ByteView name) || name.Length < 2) return false;
        same = name.Span[1..^1].SequenceEqual(algorithm.Name.Span);
        return true;
    }

    private static bool IsAuthentic(
        ref Evaluation scope, Arguments arguments, JwtAlgorithm algorithm, ByteView signed, ByteView signature)
    {
        ByteView key = arguments.Text(1);
        Sample secret = default;
        if (arguments.Items[1].Kind == ArgumentKind.Variable)
        {
            if (!TryVariable(ref scope, ref arguments.Items[1], ref secret)) return false;
            key = secret.Bytes;
        }
        byte* digest = stackalloc byte[LibCrypto.DigestMax];
        uint length = 0;
        byte* start = key.IsEmpty ? digest : key.Start;
        return LibCrypto.Authenticate(
                algorithm.Digest, start, key.Length, signed.Start, (nuint)signed.Length, digest, &length) != null
            && length == signature.Length
            && LibCrypto.Compare(digest, signature.Start, length) == 0;
    }
}
