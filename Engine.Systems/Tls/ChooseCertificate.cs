using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>
/// Chooses the context that serves a client by the server name of its ClientHello, before the library looks for a
/// session to resume: a session of another policy is none of this one (THREATS.md D1).
/// </summary>
public static unsafe class ChooseCertificate
{
    private const int NameMax = 255;

    /// <summary>ClientHello function; its argument is the handle of the <see cref="TlsBind"/>.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(nint ssl, int* alert, nint argument)
    {
        try
        {
            TlsBind bind = (TlsBind)GCHandle.FromIntPtr(argument).Target!;
            TlsBind.Choice choice = bind.Current;
            ReadOnlySpan<byte> name = NameOf(ssl);
            TlsIdentity?[]? found = choice.Names.Find(name);
            if (found == null)
            {
                if (choice.Forge is { } forge && TryForge(ssl, forge, name)) return LibraryNumbers.HelloTaken;
                if (bind.StrictNames)
                {
                    *alert = LibraryNumbers.AlertName;
                    return LibraryNumbers.HelloRefused;
                }
                found = choice.Defaults;
            }
            TlsIdentity? context = found == null ? null : OfKey(ssl, bind, found);
            if (context == null)
            {
                *alert = LibraryNumbers.AlertName;
                return LibraryNumbers.HelloRefused;
            }
            if (context != bind.First) Switch(ssl, context);
            return LibraryNumbers.HelloTaken;
        }
        catch (Exception)
        {
            *alert = LibraryNumbers.AlertInternal;
            return LibraryNumbers.HelloRefused;
        }
    }

    /// <summary>
    /// RFC 6066 section 3: the first name of type host_name. Empty when there is none, or it is malformed.
    /// </summary>
    private static ReadOnlySpan<byte> NameOf(nint ssl)
    {
        byte* data;
        nuint length;
        if (OpenSsl.SslHelloExtension(ssl, LibraryNumbers.ExtensionServerName, &data, &length) == 0) return default;
        ReadOnlySpan<byte> list = new(data, (int)length);
        if (list.Length < 5 || list[2] != 0) return default;
        int size = BinaryPrimitives.ReadUInt16BigEndian(list[3..]);
        if (size == 0 || size > NameMax || size > list.Length - 5) return default;
        ReadOnlySpan<byte> name = list.Slice(5, size);
        return name.Contains((byte)0) ? default : name;
    }

    /// <summary>
    /// Gives the client a certificate that is made for the name. False: it asks for none, or for one that none can be
    /// made of.
    /// </summary>
    private static bool TryForge(nint ssl, ICertificateForge forge, ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty) return false;
        Switch(ssl, forge.Model);
        if (!forge.TryGive(ssl, name)) return false;
        TlsState* state = (TlsState*)OpenSsl.SslExtra(ssl, OpenSsl.StateIndex);
        if (state != null) state->Flags |= TlsFlags.Forged;
        return true;
    }

    /// <summary>ECDSA where the client takes it, for it costs a tenth of RSA; else what there is.</summary>
    private static TlsIdentity? OfKey(nint ssl, TlsBind bind, TlsIdentity?[] contexts)
    {
        TlsIdentity? ecdsa = contexts[(int)TlsKeyKind.Ecdsa];
        TlsIdentity? other = contexts[(int)TlsKeyKind.Rsa] ?? contexts[(int)TlsKeyKind.Dsa];
        if (ecdsa == null || other == null) return ecdsa ?? other;
        return EcdsaClients.Takes(ssl, bind.First.VersionMax) ? ecdsa : other;
    }

    private static void Switch(nint ssl, TlsIdentity context)
    {
        _ = OpenSsl.SslSetContext(ssl, context.Handle);
        OpenSsl.SslSetVerify(ssl, context.VerifyMode, context.VerifyMode == 0 ? 0 : VerifyFunction);
        if (context.EarlyMax != 0) _ = OpenSsl.SslSetEarlyMax(ssl, (uint)context.EarlyMax);
        if (context.VersionMin != 0)
            _ = OpenSsl.SslControl(ssl, LibraryNumbers.SetVersionMin, context.VersionMin, 0);
        if (context.VersionMax != 0)
            _ = OpenSsl.SslControl(ssl, LibraryNumbers.SetVersionMax, context.VersionMax, 0);
    }

    private static nint VerifyFunction =>
        (nint)(delegate* unmanaged[Cdecl]<int, nint, int>)&VerifyPeer.Run;
}
