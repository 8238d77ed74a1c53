using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// What stands around a peer's certificate and in its extensions, and which certificate of ours a client got (manual
/// section 7.3.4).
/// </summary>
internal static unsafe class CertificateChainFetches
{
    /// <summary>NID_subject_alt_name, NID_certificate_policies.</summary>
    private const int AlternativeNames = 85;

    private const int Policies = 89;

    private const int IdentifierMax = 128;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("ssl_c_chain_der", ArgumentSpec.None, SampleType.Binary, &ClientChain);
        Add("ssl_s_chain_der", ArgumentSpec.None, SampleType.Binary, &ServerChain);
        Add("ssl_c_policies", ArgumentSpec.OptionalText, SampleType.String, &ClientPolicies);
        Add("ssl_c_san", ArgumentSpec.None, SampleType.String, &ClientNames);
        Add("ssl_fc_crtname", ArgumentSpec.None, SampleType.String, &OwnName);
        CertificateFetches.AddName("ssl_c_r_dn", &ClientRoot);
    }

    private static void Add(
        string word, ArgumentSpec arguments, SampleType output,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, arguments, output, SamplePlaces.Session, fetch));

    private static bool ClientChain(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Chain(ref scope, scope.ClientTls, ref sample);

    private static bool ServerChain(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Chain(ref scope, scope.ServerTls, ref sample);

    /// <summary>The certificates as the peer sent them, one behind the other; a client's own is not among them.</summary>
    private static bool Chain(ref Evaluation scope, TlsState* tls, ref Sample sample)
    {
        nint chain = tls == null ? 0 : OpenSsl.SslPeerChain(tls->Ssl);
        int count = chain == 0 ? 0 : OpenSsl.StackCount(chain);
        if (count <= 0) return false;
        Span<byte> room = scope.Scratch.Free;
        int filled = 0;
        fixed (byte* start = room)
        {
            for (int i = 0; i < count; i++)
            {
                nint certificate = OpenSsl.StackValue(chain, i);
                int length = OpenSsl.CertificateDer(certificate, null);
                if (length <= 0 || length > room.Length - filled) return false;
                byte* at = start + filled;
                filled += OpenSsl.CertificateDer(certificate, &at);
            }
        }
        sample.SetBinary(scope.Scratch.Commit(filled));
        return true;
    }

    /// <summary>The authority that signed itself at the end of what was verified; without one, the last.</summary>
    private static bool ClientRoot(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        nint chain = scope.ClientTls == null ? 0 : OpenSslObjects.SslVerifiedChain(scope.ClientTls->Ssl);
        int count = chain == 0 ? 0 : OpenSsl.StackCount(chain);
        nint root = 0;
        for (int i = 0; i < count; i++)
        {
            root = OpenSsl.StackValue(chain, i);
            if (OpenSsl.CertificateIssued(root, root) == 0) break;
        }
        return root != 0 && DistinguishedName.Read(ref scope, OpenSsl.CertificateSubject(root), arguments, ref sample);
    }

    private static bool ClientNames(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        nint certificate = ClientCertificate.Certificate(ref scope);
        nint names = certificate == 0 ? 0 : OpenSsl.CertificateExtension(certificate, AlternativeNames, null, null);
        if (names == 0) return false;
        nint bio = OpenSsl.BioNew(OpenSsl.BioMemoryMethod());
        for (int i = 0; bio != 0 && i < OpenSsl.StackCount(names); i++)
        {
            fixed (byte* comma = ", "u8)
                if (i > 0) _ = OpenSsl.BioWrite(bio, comma, 2);
            _ = OpenSslObjects.PrintName(bio, OpenSsl.StackValue(names, i));
        }
        OpenSsl.NameFree(names);
        if (bio == 0) return false;
        Span<byte> room = scope.Scratch.Free;
        int length;
        fixed (byte* start = room) length = OpenSsl.BioRead(bio, start, room.Length);
        _ = OpenSsl.BioFree(bio);
        if (length <= 0) return false;
        sample.SetString(scope.Scratch.Commit(length));
        return true;
    }

    /// <summary>The numbers of the policies; with an argument, that one when it is among them.</summary>
    private static bool ClientPolicies(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        nint certificate = ClientCertificate.Certificate(ref scope);
        nint policies = certificate == 0 ? 0 : OpenSsl.CertificateExtension(certificate, Policies, null, null);
        if (policies == 0) return false;
        ReadOnlySpan<byte> wanted = arguments.Has(0) ? arguments.Text(0).Span : default;
        Span<byte> room = scope.Scratch.Free;
        byte* text = stackalloc byte[IdentifierMax];
        int filled = 0;
        for (int i = 0; i < OpenSsl.StackCount(policies); i++)
        {
            // POLICYINFO begins with the address of its number.
            nint number = *(nint*)OpenSsl.StackValue(policies, i);
            int length = OpenSslObjects.ObjectText(text, IdentifierMax, number, 1);
            if (length is <= 0 or >= IdentifierMax || filled + length + 2 > room.Length) continue;
            ReadOnlySpan<byte> identifier = new(text, length);
            if (!wanted.IsEmpty && !wanted.SequenceEqual(identifier)) continue;
            if (filled > 0)
            {
                ", "u8.CopyTo(room[filled..]);
                filled += 2;
            }
            identifier.CopyTo(room[filled..]);
            filled += length;
            if (!wanted.IsEmpty) break;
        }
        OpenSslObjects.PoliciesFree(policies);
        if (filled == 0) return false;
        sample.SetString(scope.Scratch.Commit(filled));
        return true;
    }

    /// <summary>The name of the certificate that was chosen, as <c>show ssl cert</c> has it.</summary>
    private static bool OwnName(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.ClientTls == null) return false;
        nint owner = OpenSslObjects.ContextExtra(OpenSsl.SslContext(scope.ClientTls->Ssl), OpenSslObjects.IdentityIndex);
        if (owner == 0 || GCHandle.FromIntPtr(owner).Target is not TlsIdentity { Source.Length: > 0 } identity) return false;
        Span<byte> room = scope.Scratch.Free;
        if (identity.Source.Length > room.Length) return false;
        sample.SetString(scope.Scratch.Commit(Encoding.Latin1.GetBytes(identity.Source, room)));
        return true;
    }
}
