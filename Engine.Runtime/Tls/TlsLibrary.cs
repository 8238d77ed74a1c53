using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Runtime.Tls;

/// <summary>Finds OpenSSL 3 on the machine, when a configuration first asks for it.</summary>
public static unsafe class TlsLibrary
{
    private const string SslName = "libssl.so.3";
    private const string CryptoName = "libcrypto.so.3";

    /// <summary>CRYPTO_EX_INDEX_SSL, CRYPTO_EX_INDEX_SSL_CTX and BIO_TYPE_SOURCE_SINK.</summary>
    private const int ExtraOfSsl = 0;

    private const int ExtraOfContext = 1;

    private const int SourceSink = 0x0400;

    private static TlsSettings? settings;

    /// <summary>Loads the library once. Null when it cannot be had; the reason then.</summary>
    public static TlsSettings? Load(out string error)
    {
        error = "";
        if (settings is not null) return settings;
        if (!NativeLibrary.TryLoad(CryptoName, out nint crypto) || !NativeLibrary.TryLoad(SslName, out nint ssl))
        {
            error = $"unable to load the OpenSSL library ({SslName}, {CryptoName})";
            return null;
        }
        string? missing = OpenSsl.Load(
            symbol => NativeLibrary.TryGetExport(ssl, symbol, out nint found)
                || NativeLibrary.TryGetExport(crypto, symbol, out found) ? found : 0);
        if (missing is not null)
        {
            error = $"the OpenSSL library ({SslName}) has no function '{missing}'";
            return null;
        }
        settings = new TlsSettings
        {
            BioMethod = MakeMethod(),
        };
        delegate* unmanaged[Cdecl]<nint, nint, nint, int, nint, nint, void> freed = &ContextFreed;
        OpenSslObjects.IdentityIndex = OpenSslObjects.ExtraIndex(ExtraOfContext, 0, 0, 0, 0, (nint)freed, 0);
        OpenSsl.StateIndex = OpenSsl.ExtraIndex(ExtraOfSsl, 0, 0, 0, 0, 0);
        return settings;
    }

    /// <summary>The last connection of a context is gone, and so is whoever exchanged it.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ContextFreed(nint context, nint owner, nint data, int index, nint number, nint argument)
    {
        if (owner == 0) return;
        GCHandle handle = GCHandle.FromIntPtr(owner);
        if (handle.Target is TlsIdentity identity)
        {
            if (!identity.Protocols.IsEmpty) NativeMemory.Free(identity.Protocols.Start);
            NativeMemory.Free((void*)identity.Timestamps);
        }
        handle.Free();
    }

    /// <summary>Names of the providers that the library uses.</summary>
    public static List<string> Providers()
    {
        List<string> names = [];
        GCHandle list = GCHandle.Alloc(names);
        delegate* unmanaged[Cdecl]<nint, nint, int> note = &NoteProvider;
        _ = OpenSslObjects.ProviderEach(0, (nint)note, GCHandle.ToIntPtr(list));
        list.Free();
        return names;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int NoteProvider(nint provider, nint list)
    {
        string? name = Marshal.PtrToStringUTF8((nint)OpenSslObjects.ProviderName(provider));
        ((List<string>)GCHandle.FromIntPtr(list).Target!).Add(name ?? "");
        return 1;
    }

    /// <summary>Why a text holds no key, in brackets, as the library tells it; empty when it does not.</summary>
    public static string TakeKeyReason(byte[] content)
    {
        _ = CertificateLoader.ReadKey(content, keepsError: true);
        return TakeErrorText();
    }

    /// <summary>The library's last error in brackets; empty when there is none.</summary>
    public static string TakeErrorText()
    {
        nuint error = OpenSsl.ErrorPeekLast();
        byte* text = stackalloc byte[256];
        OpenSsl.ErrorText(error, text, 256);
        OpenSsl.ErrorsClear();
        return error == 0 ? "" : $" ({Marshal.PtrToStringUTF8((nint)text)})";
    }

    private static nint MakeMethod()
    {
        fixed (byte* name = "sluice\0"u8)
        {
            nint method = OpenSsl.BioMethodNew(SourceSink | 100, name);
            delegate* unmanaged[Cdecl]<nint, byte*, int, int> read = &PortFunctions.Read;
            delegate* unmanaged[Cdecl]<nint, byte*, int, int> write = &PortFunctions.Write;
            delegate* unmanaged[Cdecl]<nint, int, nint, nint, nint> control = &PortFunctions.Control;
            _ = OpenSsl.BioMethodSetRead(method, (nint)read);
            _ = OpenSsl.BioMethodSetWrite(method, (nint)write);
            _ = OpenSsl.BioMethodSetControl(method, (nint)control);
            return method;
        }
    }

    /// <summary>
    /// The reason of the library's last error, or <paramref name="otherwise"/>; the errors are forgotten.
    /// </summary>
    public static string TakeReason(string otherwise)
    {
        nuint error = OpenSsl.ErrorPeek();
        byte* text = error == 0 ? null : OpenSsl.ReasonText(error);
        OpenSsl.ErrorsClear();
        return text == null ? otherwise : Marshal.PtrToStringUTF8((nint)text) ?? otherwise;
    }
}
