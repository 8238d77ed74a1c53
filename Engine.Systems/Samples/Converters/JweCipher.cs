using System;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Converters;

/// <summary>What OpenSSL does for encrypted tokens. All answers stand in the scratch area.</summary>
internal static unsafe class JweCipher
{
    private const int SetNonceLength = 9;
    private const int SetTag = 17;
    private const int BlockLength = 16;

    /// <summary>EVP_CIPHER_CTX_FLAG_WRAP_ALLOW.</summary>
    private const int AllowsWrap = 1;

    private const int WrapUnit = 8;

    /// <summary>AES key wrap (RFC 3394). False: the key does not open it.</summary>
    public static bool TryUnwrap(ref Evaluation scope, void* algorithm, ByteView key, ByteView wrapped, out ByteView plain)
    {
        plain = default;
        Span<byte> room = scope.Scratch.Free;
        bool fits = wrapped.Length >= 3 * WrapUnit && wrapped.Length % WrapUnit == 0 && room.Length >= wrapped.Length;
        if (algorithm == null || !fits) return false;
        void* work = LibCrypto.NewCipher();
        if (work == null) return false;
        LibCrypto.SetFlags(work, AllowsWrap);
        int written = 0;
        bool done;
        fixed (byte* output = room)
        {
            done = LibCrypto.Begin(work, algorithm, null, key.Start, null, 0) == 1
                && LibCrypto.Update(work, output, &written, wrapped.Start, wrapped.Length) == 1;
        }
        LibCrypto.FreeCipher(work);
        if (done) plain = scope.Scratch.Commit(written);
        return done;
    }

    /// <summary>AES in GCM. False: what came is not what was sent.</summary>
    public static bool TryGcm(
        ref Evaluation scope, void* algorithm, ByteView key, ByteView nonce, ByteView additional, ByteView content,
        ByteView tag, out ByteView plain)
    {
        plain = default;
        if (algorithm == null || tag.Length != BlockLength || nonce.IsEmpty) return false;
        void* work = LibCrypto.NewCipher();
        if (work == null) return false;
        int written = 0;
        bool ready = LibCrypto.Begin(work, algorithm, null, null, null, 0) == 1
            && LibCrypto.Control(work, SetNonceLength, nonce.Length, null) == 1
            && LibCrypto.Begin(work, null, null, key.Start, nonce.Start, 0) == 1
            && (additional.IsEmpty || LibCrypto.Update(work, null, &written, additional.Start, additional.Length) == 1)
            && LibCrypto.Control(work, SetTag, tag.Length, tag.Start) == 1;
        bool done = ready && TryFinish(ref scope, work, content, out plain);
        LibCrypto.FreeCipher(work);
        return done;
    }

    /// <summary>AES in CBC with its padding; who it is from was proved before.</summary>
    public static bool TryCbc(
        ref Evaluation scope, void* algorithm, ByteView key, ByteView nonce, ByteView content, out ByteView plain)
    {
        plain = default;
        if (algorithm == null) return false;
        void* work = LibCrypto.NewCipher();
        if (work == null) return false;
        bool done = LibCrypto.Begin(work, algorithm, null, key.Start, nonce.Start, 0) == 1
            && TryFinish(ref scope, work, content, out plain);
        LibCrypto.FreeCipher(work);
        return done;
    }

    private static bool TryFinish(ref Evaluation scope, void* work, ByteView content, out ByteView plain)
    {
        plain = default;
        Span<byte> room = scope.Scratch.Free;
        if (room.Length < content.Length + (2 * BlockLength)) return false;
        int written = 0;
        int length = 0;
        fixed (byte* output = room)
        {
            if (!content.IsEmpty && LibCrypto.Update(work, output, &length, content.Start, content.Length) != 1) return false;
            if (LibCrypto.End(work, output + length, &written) != 1) return false;
        }
        plain = scope.Scratch.Commit(length + written);
        return true;
    }
}
