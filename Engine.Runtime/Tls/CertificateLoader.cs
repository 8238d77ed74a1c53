using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// Reads certificates, keys and what stands beside them from PEM files (manual section 5.1, <c>crt</c>).
/// </summary>
public static unsafe class CertificateLoader
{
    /// <summary>Loads a certificate with its chain and key. Null, and why.</summary>
    public static CertificateFile? Load(string path, ExtraFiles extra, out string error)
    {
        byte[]? content = Read(path, out string reason);
        if (content is null)
        {
            error = $"unable to stat SSL certificate from file '{path}' : {reason}.";
            return null;
        }
        CertificateFile file = new() { Name = path };
        error = Fill(file, content, path, extra);
        CryptographicOperations.ZeroMemory(content);
        return error.Length == 0 ? file : null;
    }

    /// <summary>
    /// Reads certificate, chain and key out of a text, with the files beside it. Empty, or what is wrong.
    /// </summary>
    public static string Fill(CertificateFile file, byte[] content, string path, ExtraFiles extra)
    {
        List<nint> all = ReadCertificates(content, out string reason);
        if (all.Count == 0) return $"unable to load certificate from file '{path}': {reason}.";
        file.Certificate = all[0];
        all.RemoveAt(0);
        file.Chain.AddRange(all);
        file.Key = ReadKey(content);
        if (file.Key == 0 && ReadExtraKey(file, path, extra) is { } missing) return missing;
        file.DhParameters = ReadDh(content);
        if (OpenSsl.CertificateMatches(file.Certificate, file.Key) != 1)
        {
            OpenSsl.ErrorsClear();
            return $"inconsistencies between private key and certificate loaded '{path}'.";
        }
        OpenSsl.ErrorsClear();
        file.Kind = OpenSsl.KeyId(file.Key) switch
        {
            LibraryConstants.KeyRsa or LibraryConstants.KeyRsaPss => TlsKeyKind.Rsa,
            LibraryConstants.KeyDsa => TlsKeyKind.Dsa,
            _ => TlsKeyKind.Ecdsa,
        };
        CertificateNames.Read(file.Certificate, file.Names);
        file.IsExpired = OpenSsl.TimeCompare(OpenSsl.CertificateNotAfter(file.Certificate)) < 0
            || OpenSsl.TimeCompare(OpenSsl.CertificateNotBefore(file.Certificate)) > 0;
        return "";
    }

    /// <summary>All certificates of a PEM text, in order; why there is none.</summary>
    public static List<nint> ReadCertificates(byte[] content, out string reason)
    {
        List<nint> found = [];
        reason = "";
        nint bio = Open(content);
        while (OpenSsl.PemCertificate(bio, 0, NoPassword, 0) is var certificate && certificate != 0)
            found.Add(certificate);
        if (found.Count == 0) reason = TlsLibrary.TakeReason("no start line");
        OpenSsl.ErrorsClear();
        _ = OpenSsl.BioFree(bio);
        return found;
    }

    /// <summary>All revocation lists of a PEM text.</summary>
    public static List<nint> ReadRevocations(byte[] content)
    {
        List<nint> found = [];
        nint bio = Open(content);
        while (OpenSsl.PemRevocations(bio, 0, NoPassword, 0) is var list && list != 0) found.Add(list);
        OpenSsl.ErrorsClear();
        _ = OpenSsl.BioFree(bio);
        return found;
    }

    /// <summary>The content of a file; null and the system's reason.</summary>
    public static byte[]? Read(string path, out string reason)
    {
        reason = "";
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            reason = "No such file or directory";
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException)
        {
            reason = "Permission denied";
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException or ArgumentException)
        {
            reason = failure.Message;
        }
        return null;
    }

    private static string? ReadExtraKey(CertificateFile file, string path, ExtraFiles extra)
    {
        if (!extra.HasFlag(ExtraFiles.Key)) return $"No Private Key found in '{path}'.";
        string beside = path + ".key";
        if (extra.HasFlag(ExtraFiles.DropExtension) && path.EndsWith(".crt", StringComparison.Ordinal))
            beside = path[..^".crt".Length] + ".key";
        byte[]? content = Read(beside, out _);
        if (content is not null)
        {
            file.Key = ReadKey(content);
            CryptographicOperations.ZeroMemory(content);
        }
        return file.Key != 0 ? null : $"No Private Key found in '{beside}'.";
    }

    private static nint ReadKey(byte[] content)
    {
        nint bio = Open(content);
        nint key = OpenSsl.PemKey(bio, 0, NoPassword, 0);
        OpenSsl.ErrorsClear();
        _ = OpenSsl.BioFree(bio);
        return key;
    }

    internal static nint ReadDh(byte[] content)
    {
        if (content.AsSpan().IndexOf("-----BEGIN DH PARAMETERS"u8) < 0) return 0;
        nint bio = Open(content);
        nint parameters = OpenSsl.PemParameters(bio, 0);
        OpenSsl.ErrorsClear();
        _ = OpenSsl.BioFree(bio);
        return parameters;
    }

    /// <summary>
    /// The library copies nothing: the content must outlive it, so it is copied into memory of its own.
    /// </summary>
    private static nint Open(byte[] content)
    {
        nint bio = OpenSsl.BioNew(OpenSsl.BioMemoryMethod());
        fixed (byte* start = content)
        {
            if (content.Length > 0) _ = OpenSsl.BioWrite(bio, start, content.Length);
        }
        return bio;
    }

    private static nint NoPassword => (nint)(delegate* unmanaged[Cdecl]<byte*, int, int, nint, int>)&RefusePassword;

    /// <summary>Encrypted keys are refused: nobody is there to be asked.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RefusePassword(byte* buffer, int size, int writing, nint argument) => -1;
}
