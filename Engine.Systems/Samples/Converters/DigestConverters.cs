using System;
using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Variables;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Samples.Converters;

/// <summary>Digests, and comparison in constant time, all by OpenSSL (manual section 7.3.1).</summary>
internal static unsafe class DigestConverters
{
    /// <summary>Looked up at the first use, so that who needs no digest needs no library.</summary>
    private static readonly Lazy<nint> Sha1Algorithm = new(static () => (nint)LibCrypto.Digest("SHA1"));

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Converters.Add(new("sha1", ArgumentSpec.None, SampleType.Binary, SampleType.Binary, &Sha1));
        Words.Converters.Add(new(
            "sha2", new ArgumentSpec(0, ArgumentKind.Integer), SampleType.Binary, SampleType.Binary, &Digest)
        {
            Prepare = &PrepareSha2,
        });
        Words.Converters.Add(new("digest", ArgumentSpec.OneText, SampleType.Binary, SampleType.Binary, &Digest)
        {
            Prepare = &PrepareDigest,
        });
        Words.Converters.Add(new(
            "hmac", new ArgumentSpec(2, ArgumentKind.String, ArgumentKind.String), SampleType.Binary, SampleType.Binary,
            &Hmac)
        {
            Prepare = &PrepareHmac,
        });
        Words.Converters.Add(new(
            "secure_memcmp", ArgumentSpec.OneText, SampleType.Binary, SampleType.Boolean, &Compare)
        {
            Prepare = &PrepareCompare,
        });
    }

    private static string? PrepareSha2(ParsePlace place, Arguments arguments)
    {
        long bits = arguments.Integer(0, 256);
        if (bits is not (224 or 256 or 384 or 512)) return $"Unsupported number of bits: '{bits}'";
        arguments.Items[0].Integer = (nint)LibCrypto.Digest($"SHA{bits}");
        return null;
    }

    private static string? PrepareDigest(ParsePlace place, Arguments arguments)
    {
        void* algorithm = LibCrypto.Digest(arguments.Text(0).ToString());
        arguments.Items[0].Integer = (nint)algorithm;
        return algorithm == null ? "algorithm must be a valid OpenSSL message digest name." : null;
    }

    private static string? PrepareHmac(ParsePlace place, Arguments arguments) =>
        PrepareDigest(place, arguments) ?? SecretArgument.Prepare(place, arguments, 1, "key");

    private static string? PrepareCompare(ParsePlace place, Arguments arguments)
    {
        string name = arguments.Text(0).ToString();
        if (name.Length == 0) return "missing variable name";
        if (ParseVariable.Name(place.Draft, name, out VariableRef variable) is not null)
            return $"failed to register variable name '{name}'";
        arguments.Items[0].Integer = variable.Packed;
        return null;
    }

    private static bool Sha1(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryDigest(ref scope, (void*)Sha1Algorithm.Value, ref sample);

    private static bool Digest(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryDigest(ref scope, (void*)(nint)arguments.Items[0].Integer, ref sample);

    private static bool TryDigest(ref Evaluation scope, void* algorithm, ref Sample sample)
    {
        Span<byte> free = scope.Scratch.Free;
        if (free.Length < LibCrypto.DigestMax || algorithm == null) return false;
        uint length = 0;
        fixed (byte* digest = free)
        {
            byte* data = sample.Bytes.IsEmpty ? digest : sample.Bytes.Start;
            if (LibCrypto.Digest(data, (nuint)sample.Bytes.Length, digest, &length, algorithm, null) != 1) return false;
        }
        sample.SetBinary(scope.Scratch.Commit((int)length));
        return true;
    }

    private static bool Hmac(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!SecretArgument.TryGet(ref scope, ref arguments.Items[1], out ByteView key)) return false;
        Span<byte> free = scope.Scratch.Free;
        if (free.Length < LibCrypto.DigestMax) return false;
        uint length = 0;
        void* algorithm = (void*)(nint)arguments.Items[0].Integer;
        fixed (byte* digest = free)
        {
            byte* data = sample.Bytes.IsEmpty ? digest : sample.Bytes.Start;
            byte* secret = key.IsEmpty ? digest : key.Start;
            if (LibCrypto.Authenticate(
                    algorithm, secret, key.Length, data, (nuint)sample.Bytes.Length, digest, &length) == null)
            {
                return false;
            }
        }
        sample.SetBinary(scope.Scratch.Commit((int)length));
        return true;
    }

    private static bool Compare(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Sample other = default;
        VariableRef variable = VariableRef.Unpack(arguments.Items[0].Integer);
        if (!AccessVariable.TryGet(ref scope, variable, ref other)) return false;
        if (!CastSample.Run(ref scope, ref other, SampleType.Binary)) return false;
        bool same = sample.Bytes.Length == other.Bytes.Length
            && (sample.Bytes.IsEmpty
                || LibCrypto.Compare(sample.Bytes.Start, other.Bytes.Start, (nuint)other.Bytes.Length) == 0);
        sample.SetBoolean(same);
        return true;
    }
}
