using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Engine.Data.Tables;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>
/// The sessions of encrypted clients that have no ticket, for all threads and bind lines of the process together
/// (<c>tune.ssl.cachesize</c>). A session is found by its identifier and holds only under the policy it was made
/// under, which the library compares (THREATS.md D1). The oldest of a set of eight makes room for a new one.
/// </summary>
public static unsafe class SessionCache
{
    private const int Ways = 8;

    /// <summary>Locks; each guards the sets whose number ends alike.</summary>
    private const int Stripes = 64;

    /// <summary>Bytes of a session's identifier: shorter ones are not kept, for they cannot be random enough.</summary>
    private const int IdentifierMin = 16;

    private const int Tls13 = 0x0304;

    private static Entry* entries;
    private static uint setMask;
    private static SpinLock[] locks = [];
    private static long turn;
    private static long lookups;
    private static long misses;

    /// <summary>Times that a client came with an identifier, and times that nothing was found for it.</summary>
    public static ulong Lookups => (ulong)Volatile.Read(ref lookups);

    public static ulong Misses => (ulong)Volatile.Read(ref misses);

    /// <summary>Makes room for so many sessions, once; address space only, which use turns into memory.</summary>
    public static void Prepare(int sessions)
    {
        if (entries != null || sessions <= 0) return;
        uint sets = System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (sessions + Ways - 1) / Ways));
        entries = (Entry*)NativeRegion.Reserve((nuint)sizeof(Entry) * Ways * sets);
        setMask = sets - 1;
        locks = new SpinLock[Stripes];
        for (int i = 0; i < Stripes; i++) locks[i] = new SpinLock(enableThreadOwnerTracking: false);
    }

    /// <summary>New session function: 1 says that the session is held from now on.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Keep(nint ssl, nint session)
    {
        // With tickets the client keeps the session itself.
        bool isTicket = (OpenSsl.SslOptions(ssl) & LibraryNumbers.NoTicket) == 0;
        if (OpenSsl.SslVersion(ssl) >= Tls13 && isTicket) return 0;
        ulong key = KeyOf(session);
        if (key == 0) return 0;
        uint set = (uint)key & setMask;
        bool taken = false;
        nint old;
        ref SpinLock guard = ref locks[set % Stripes];
        guard.Enter(ref taken);
        Entry* entry = Oldest(set, key);
        old = entry->Session;
        entry->Session = session;
        entry->Key = key;
        entry->Turn = ++turn;
        guard.Exit();
        if (old != 0) OpenSsl.SessionFree(old);
        return 1;
    }

    /// <summary>Get session function: the session of an identifier, held once for the caller.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static nint Find(nint ssl, byte* identifier, int length, int* copies)
    {
        *copies = 0; // the library must not hold it once more: it is held here, while nobody can let it go
        Interlocked.Increment(ref lookups);
        ulong key = length < IdentifierMin ? 0 : Key(identifier);
        nint found = key == 0 ? 0 : Take(key, remove: false);
        if (found == 0) Interlocked.Increment(ref misses);
        return found;
    }

    /// <summary>Remove session function: it went bad.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Forget(nint context, nint session)
    {
        ulong key = KeyOf(session);
        nint found = key == 0 ? 0 : Take(key, remove: true);
        if (found != 0) OpenSsl.SessionFree(found);
    }

    private static nint Take(ulong key, bool remove)
    {
        uint set = (uint)key & setMask;
        bool taken = false;
        nint found = 0;
        ref SpinLock guard = ref locks[set % Stripes];
        guard.Enter(ref taken);
        Entry* first = entries + (set * Ways);
        for (int i = 0; i < Ways; i++)
        {
            if (first[i].Session == 0 || first[i].Key != key) continue;
            found = first[i].Session;
            if (remove) first[i] = default;
            else _ = OpenSsl.SessionUpRef(found);
            break;
        }
        guard.Exit();
        return found;
    }

    private static Entry* Oldest(uint set, ulong key)
    {
        Entry* first = entries + (set * Ways);
        Entry* oldest = first;
        for (int i = 0; i < Ways; i++)
        {
            if (first[i].Session == 0 || first[i].Key == key) return first + i;
            if (first[i].Turn < oldest->Turn) oldest = first + i;
        }
        return oldest;
    }

    private static ulong KeyOf(nint session)
    {
        uint length;
        byte* identifier = OpenSsl.SessionId(session, &length);
        return length < IdentifierMin ? 0 : Key(identifier);
    }

    /// <summary>Identifiers are random, so that a part of one is as good as a hash of it.</summary>
    private static ulong Key(byte* identifier) => Unsafe.ReadUnaligned<ulong>(identifier) | (1UL << 63);

    private struct Entry
    {
        public ulong Key;
        public nint Session;
        public long Turn;
    }
}
