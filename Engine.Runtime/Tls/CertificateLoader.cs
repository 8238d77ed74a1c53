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
    /// <summary>The library's word for the end of a text.</summary>
    public const string NoMore = "no start line";

    /// <summary>Loads a certificate with its chain and key, and the files beside it. Null, and why.</summary>
    public static CertificateFile? Load(TlsDrafts drafts, string path, out string error)
    {
        byte[]? content = Read(path, out string reason);
        if (content is null)
        {
            error = $"unable to stat SSL certificate from file '{path}' : {reason}.";
            return null;
        }
        CertificateFile file = new() { Name = path };
        error = ReadPem(file, content, path, drafts);
        CryptographicOperations.ZeroMemory(content);
        if (error.Length == 0) error = LoadBeside(drafts, file, path);
        if (error.Length == 0) error = Finish(file, path);
        if (error.Length == 0) return file;
        file.Free();
        return null;
    }

    /// <summary>
    /// Certificate, chain, key and parameters out of a text; the key may be missing. Empty, or what is wrong.
    /// </summary>
    /// <param name="file">What is filled.</param>
    /// <param name="content">The text.</param>
    /// <param name="path">Its name in messages.</param>
    /// <param name="drafts">Where passphrases of encrypted keys are known; null: such keys are refused.</param>
    /// <param name="keepsKey">Only certificates are read.</param>
    internal static string ReadPem(
        CertificateFile file, byte[] content, string path, TlsDrafts? drafts = null, bool keepsKey = false)
    {
        List<nint> all = ReadCertificates(content, out string reason);
        if (reason.Length > 0)
        {
            string error = all.Count == 0
                ? $"unable to load certificate from file '{path}': {reason}."
                : $"unable to load certificate chain from file '{path}': {reason}";
            foreach (nint one in all) OpenSsl.CertificateFree(one);
            return error;
        }
        nint first = all[0];
        all.RemoveAt(0);
        file.SetCertificates(first, all);
        if (keepsKey) return "";
        file.SetKey(drafts?.Passphrases.ReadKey(content, path, drafts.Alert) ?? ReadKey(content));
        OpenSsl.ErrorsClear();
        if (file.DhParameters != 0) OpenSsl.KeyFree(file.DhParameters);
        file.DhParameters = ReadDh(content);
        return "";
    }

    /// <summary>What follows from the parts: names, kind, times. Empty, or that they do not fit.</summary>
    public static string Finish(CertificateFile file, string path)
    {
        if (file.Key != 0 && OpenSsl.CertificateMatches(file.Certificate, file.Key) != 1)
        {
            OpenSsl.ErrorsClear();
            return $"inconsistencies between private key and certificate loaded '{path}'.";
        }
        OpenSsl.ErrorsClear();
        nint key = file.Key != 0 ? file.Key : OpenSsl.CertificateKey(file.Certificate);
        file.Kind = OpenSsl.KeyId(key) switch
        {
            LibraryConstants.KeyRsa or LibraryConstants.KeyRsaPss => TlsKeyKind.Rsa,
            LibraryConstants.KeyDsa => TlsKeyKind.Dsa,
            _ => TlsKeyKind.Ecdsa,
        };
        file.Names = [];
        CertificateNames.Read(file.Certificate, file.Names);
        file.IsExpired = OpenSsl.TimeCompare(OpenSsl.CertificateNotAfter(file.Certificate)) < 0
            || OpenSsl.TimeCompare(OpenSsl.CertificateNotBefore(file.Certificate)) > 0;
        return "";
    }

    private static string LoadBeside(TlsDrafts drafts, CertificateFile file, string path)
    {
        ExtraFiles extra = drafts.Extra;
        bool drops = extra.HasFlag(ExtraFiles.DropExtension) && path.EndsWith(".crt", StringComparison.Ordinal);
        string stem = drops ? path[..^".crt".Length] : path;
        string keyPath = path;
        if (file.Key == 0)
        {
            if (!extra.HasFlag(ExtraFiles.Key)) return $"No Private Key found in '{path}'.";
            keyPath = stem + ".key";
            if (Read(keyPath, out _) is { } content)
            {
                file.SetKey(drafts.Passphrases.ReadKey(content, keyPath, drafts.Alert));
                CryptographicOperations.ZeroMemory(content);
                if (file.Key == 0)
                {
                    return $"unable to load private key from file '{keyPath}'{TlsLibrary.TakeErrorText()}.\n "
                        + $"'{keyPath}' is present but cannot be read or parsed'.";
                }
            }
            if (file.Key == 0) return $"No Private Key found in '{keyPath}'.";
        }
        string? ocsp = extra.HasFlag(ExtraFiles.Ocsp) ? stem + ".ocsp" : null;
        string? timestamps = extra.HasFlag(ExtraFiles.Sctl) ? stem + ".sctl" : null;
        string? issuer = null;
        if (ocsp is not null && Read(ocsp, out _) is { } response) file.Ocsp = response;
        if (timestamps is not null && Read(timestamps, out _) is { } list)
        {
            if (!IsTimestampList(list)) return $" '{timestamps}.sctl' is present but cannot be read or parsed'.";
            file.Timestamps = list;
        }
        bool needsIssuer = file.Ocsp is not null && extra.HasFlag(ExtraFiles.Issuer);
        if (needsIssuer) issuer = stem + ".issuer";
        if (issuer is not null && Read(issuer, out _) is { } pem)
        {
            if (ReadIssuer(file, pem, issuer) is { Length: > 0 } error) return error;
        }
        file.Paths = new CertificatePaths(path, keyPath, ocsp, issuer, timestamps);
        return "";
    }

    /// <summary>The issuer out of a PEM text. Empty, or what is wrong.</summary>
    public static string ReadIssuer(CertificateFile file, byte[] content, string path)
    {
        List<nint> all = ReadCertificates(content, out _);
        if (all.Count == 0) return $"'{path}' cannot be read or parsed'.";
        for (int i = 1; i < all.Count; i++) OpenSsl.CertificateFree(all[i]);
        file.SetIssuer(all[0]);
        return "";
    }

    /// <summary>RFC 6962 section 3.3: a list with its length before it, of items with their lengths before them.</summary>
    public static bool IsTimestampList(ReadOnlySpan<byte> list)
    {
        if (list.Length < 2 || (list[0] << 8 | list[1]) != list.Length - 2) return false;
        for (int at = 2; at < list.Length;)
        {
            if (at + 2 > list.Length) return false;
            int length = list[at] << 8 | list[at + 1];
            at += 2 + length;
            if (length == 0 || at > list.Length) return false;
        }
        return true;
    }

    /// <summary>All certificates of a PEM text, in order; why there is none, or not the next: empty at the end.</summary>
    public static List<nint> ReadCertificates(byte[] content, out string reason)
    {
        List<nint> found = [];
        OpenSsl.ErrorsClear();
        nint bio = Open(content);
        while (OpenSsl.PemCertificate(bio, 0, NoPassword, 0) is var certificate && certificate != 0)
            found.Add(certificate);
        reason = ReasonOfEnd(found);
        OpenSsl.ErrorsClear();
        _ = OpenSsl.BioFree(bio);
        return found;
    }

    /// <summary>A text without more to read ends where no line begins another part.</summary>
    private static string ReasonOfEnd(List<nint> found)
    {
        string reason = TlsLibrary.TakeReason(NoMore);
        return reason == NoMore && found.Count > 0 ? "" : reason;
    }

    /// <summary>All revocation lists of a PEM text; why there is none, or not the next.</summary>
    public static List<nint> ReadRevocations(byte[] content, out string reason)
    {
        List<nint> found = [];
        OpenSsl.ErrorsClear();
        nint bio = Open(content);
        while (OpenSsl.PemRevocations(bio, 0, NoPassword, 0) is var list && list != 0) found.Add(list);
        reason = ReasonOfEnd(found);
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
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException || path.Length == 0)
        {
            reason = "No such file or directory";
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException)
        {
            reason = Directory.Exists(path) ? "Is a directory" : "Permission denied";
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException or ArgumentException)
        {
            reason = failure.Message.Split(" : '")[0]; // without the path
        }
        return null;
    }

    /// <summary>The key of a PEM text; 0 for none.</summary>
    public static nint ReadKey(byte[] content, bool keepsError = false)
    {
        nint key = ReadKey(content, NoPassword);
        if (!keepsError) OpenSsl.ErrorsClear();
        return key;
    }

    /// <summary>The same, with a function that answers for the password; errors are the library's last.</summary>
    internal static nint ReadKey(byte[] content, nint password)
    {
        nint bio = Open(content);
        nint key = OpenSsl.PemKey(bio, 0, password, 0);
        _ = OpenSsl.BioFree(bio);
        return key;
    }

    /// <summary>The key of a PEM text that a password opens; 0 for none.</summary>
    public static nint ReadKey(byte[] content, string password)
    {
        nint bio = Open(content);
        nint key;
        // Without a function of its own the library takes the argument for the password.
        fixed (byte* text = SharedSettings.Zeroed(password)) key = OpenSsl.PemKey(bio, 0, 0, (nint)text);
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
