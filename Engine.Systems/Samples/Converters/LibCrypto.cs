using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine.Systems.Samples.Converters;

/// <summary>What digests and ciphers of expressions need of OpenSSL. Bound at the first use.</summary>
internal static unsafe partial class LibCrypto
{
    public const int DigestMax = 64;

    private const string Library = "libcrypto.so.3";

    /// <summary>Null when there is no digest of the name.</summary>
    public static void* Digest(string name)
    {
        fixed (byte* text = Encoding.Latin1.GetBytes(name + "\0")) return FindDigest(text);
    }

    /// <summary>Null when there is no cipher of the name.</summary>
    public static void* Cipher(string name)
    {
        fixed (byte* text = Encoding.Latin1.GetBytes(name + "\0")) return FindCipher(text);
    }

    [LibraryImport(Library, EntryPoint = "EVP_Digest")]
    public static partial int Digest(
        byte* data, nuint count, byte* digest, uint* length, void* algorithm, void* engine);

    [LibraryImport(Library, EntryPoint = "HMAC")]
    public static partial byte* Authenticate(
        void* algorithm, byte* key, int keyLength, byte* data, nuint count, byte* digest, uint* length);

    [LibraryImport(Library, EntryPoint = "CRYPTO_memcmp")]
    public static partial int Compare(byte* left, byte* right, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_new")]
    public static partial void* NewCipher();

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_free")]
    public static partial void FreeCipher(void* cipher);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_set_flags")]
    public static partial void SetFlags(void* cipher, int flags);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_ctrl")]
    public static partial int Control(void* cipher, int type, int number, void* data);

    [LibraryImport(Library, EntryPoint = "EVP_CIPHER_CTX_set_padding")]
    public static partial int SetPadding(void* cipher, int on);

    [LibraryImport(Library, EntryPoint = "EVP_CipherInit_ex")]
    public static partial int Begin(
        void* cipher, void* algorithm, void* engine, byte* key, byte* nonce, int encrypts);

    [LibraryImport(Library, EntryPoint = "EVP_CipherUpdate")]
    public static partial int Update(void* cipher, byte* output, int* written, byte* input, int length);

    [LibraryImport(Library, EntryPoint = "EVP_CipherFinal_ex")]
    public static partial int End(void* cipher, byte* output, int* written);

    [LibraryImport(Library, EntryPoint = "EVP_get_digestbyname")]
    private static partial void* FindDigest(byte* name);

    [LibraryImport(Library, EntryPoint = "EVP_get_cipherbyname")]
    private static partial void* FindCipher(byte* name);
}
