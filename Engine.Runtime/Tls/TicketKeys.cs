using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// The keys that session tickets are sealed with, given by <c>tls-ticket-keys</c> so that several processes can
/// resume
/// each other's sessions: the last but one seals, all open (manual section 5.1).
/// </summary>
public static unsafe class TicketKeys
{
    /// <summary>Name 16 bytes, then AES key and HMAC key of 16 or of 32 bytes each.</summary>
    public const int ShortKey = 48;

    public const int LongKey = 80;

    private const int NameLength = 16;
    private const int VectorLength = 16;

    /// <summary>Reads a file of keys, a base64 text a line. Null, and what is wrong with it.</summary>
    public static List<byte[]>? Read(string path, out string error)
    {
        if (CertificateLoader.Read(path, out _) is not { } content)
        {
            error = $"'{path}' : unable to load ssl tickets keys file";
            return null;
        }
        List<byte[]> keys = [];
        Span<byte> key = stackalloc byte[128];
        int number = 0;
        error = "";
        foreach (string line in System.Text.Encoding.Latin1.GetString(content).Split('\n'))
        {
            number++;
            string text = line.TrimEnd('\r', ' ');
            if (text.Length == 0) continue;
            bool decoded = Convert.TryFromBase64String(text, key, out int length);
            if (!decoded || length is not (ShortKey or LongKey) || (keys.Count > 0 && keys[0].Length != length))
            {
                error = $"'{path}' : wrong sized key on line {number}";
                return null;
            }
            keys.Add(key[..length].ToArray());
        }
        if (keys.Count >= 3) return keys;
        error = $"'{path}' : please supply at least 3 keys in the tls-tickets-file";
        return null;
    }

    /// <summary>The keys of a file, read once. Null, and what is wrong with it.</summary>
    public static TicketKeySet? Load(TlsDrafts drafts, string path, out string error)
    {
        error = "";
        if (drafts.TicketFiles.Find(known => known.Path == path) is { } known) return known;
        if (Read(path, out error) is not { } keys) return null;
        TicketKeySet set = new(drafts.TicketFiles.Count, path, keys);
        drafts.TicketFiles.Add(set);
        return set;
    }

    /// <summary>Has a context seal and open tickets with these keys. False: the library has no memory.</summary>
    public static bool Set(TlsIdentity context, TicketKeySet keys)
    {
        delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint, nint, int, int> choose = &Choose;
        context.TicketKeys = keys;
        return OpenSsl.ContextSetTicketKeys(context.Handle, (nint)choose) == 1;
    }

    /// <summary>
    /// Ticket key function. 1: the key is there; 2: it is, and a new ticket is due; 0: no such key.
    /// </summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Choose(nint ssl, byte* name, byte* vector, nint cipher, nint mac, int sealing)
    {
        try
        {
            nint owner = OpenSslObjects.ContextExtra(OpenSsl.SslContext(ssl), OpenSslObjects.IdentityIndex);
            if (owner == 0) return -1;
            byte[][]? keys = ((TlsIdentity)GCHandle.FromIntPtr(owner).Target!).TicketKeys?.Keys;
            if (keys is null) return -1;
            int number = sealing == 1 ? keys.Length - 2 : Find(keys, new ReadOnlySpan<byte>(name, NameLength));
            if (number < 0) return 0;
            ReadOnlySpan<byte> key = keys[number];
            if (sealing == 1)
            {
                key[..NameLength].CopyTo(new Span<byte>(name, NameLength));
                if (OpenSsl.RandomBytes(vector, VectorLength) != 1) return -1;
            }
            if (!Start(key, vector, cipher, mac, sealing)) return -1;
            return sealing == 1 || number == keys.Length - 2 ? 1 : 2;
        }
        catch (Exception)
        {
            return -1;
        }
    }

    private static int Find(byte[][] keys, ReadOnlySpan<byte> name)
    {
        for (int i = keys.Length - 1; i >= 0; i--)
            if (keys[i].AsSpan(0, NameLength).SequenceEqual(name)) return i;
        return -1;
    }

    private static bool Start(ReadOnlySpan<byte> key, byte* vector, nint cipher, nint mac, int sealing)
    {
        int part = key.Length == ShortKey ? 16 : 32;
        ReadOnlySpan<byte> cipherKey = key.Slice(NameLength, part);
        ReadOnlySpan<byte> macKey = key.Slice(NameLength + part, part);
        nint kind = part == 16 ? OpenSsl.CipherAes128() : OpenSsl.CipherAes256();
        fixed (byte* cipherStart = cipherKey)
        fixed (byte* macStart = macKey)
        fixed (byte* digest = "SHA256\0"u8)
        fixed (byte* keyWord = "key\0"u8)
        fixed (byte* digestWord = "digest\0"u8)
        {
            int started = sealing == 1
                ? OpenSsl.SealStart(cipher, kind, 0, cipherStart, vector)
                : OpenSsl.OpenStart(cipher, kind, 0, cipherStart, vector);
            if (started != 1) return false;
            LibraryParameter* parameters = stackalloc LibraryParameter[3];
            parameters[0] = new LibraryParameter(keyWord, LibraryParameter.Octets, macStart, (nuint)part);
            parameters[1] = new LibraryParameter(digestWord, LibraryParameter.Text, digest, 0);
            parameters[2] = default;
            return OpenSsl.MacSet(mac, (nint)parameters) == 1;
        }
    }
}
