using System;
using System.Runtime.InteropServices;
using Engine.Data.Messages;

namespace Engine.Systems.Users;

/// <summary>Hashes of passwords as crypt(3) makes them, by the system's library.</summary>
internal sealed unsafe partial class Crypt
{
    private const string Library = "libcrypt.so.1";

    /// <summary>What every version of the library needs to work in, and more.</summary>
    private const int WorkSize = 256 * 1024;

    private const int PasswordMax = 512;

    [ThreadStatic]
    private static void* work;

    private Crypt()
    {
    }

    /// <summary>
    /// Whether the password has the hash. It takes as long as the hash's method wants: milliseconds with those made to
    /// be slow.
    /// </summary>
    public static bool Matches(ReadOnlySpan<byte> password, ByteView hash)
    {
        if (password.Length > PasswordMax || password.Contains((byte)0)) return false;
        byte* phrase = stackalloc byte[PasswordMax + 1];
        password.CopyTo(new Span<byte>(phrase, PasswordMax));
        phrase[password.Length] = 0;
        if (work == null) work = NativeMemory.AllocZeroed(WorkSize);

        // Literals of the configuration have a byte to spare behind them; it is the end that the library wants.
        hash.Start[hash.Length] = 0;
        byte* made = Hash(phrase, hash.Start, work);
        return made != null && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(made).SequenceEqual(hash.Span);
    }

    [LibraryImport(Library, EntryPoint = "crypt_r")]
    private static partial byte* Hash(byte* phrase, byte* setting, void* work);
}
