using System;
using System.Numerics;
using System.Threading;
using Engine.Data.Shared;
using Engine.Data.Tables;

namespace Engine.Data.Sticky;

/// <summary>
/// A stick table (manual section 11.1): keys with counters, rates and servers, which threads share. An entry is one row:
/// header, key and data side by side, so that to find and count costs a cache line or two. Rows do not move; memory is
/// committed where entries were. A shard's lock guards its buckets, entries and their order; large tables have many.
/// Entries of one <c>expire</c> stand in the order in which they were touched, which is that in which they expire.
/// </summary>
/// <remarks>
/// Whoever wants an entry holds it (<see cref="Find"/>, <see cref="FindOrAdd"/>) and lets it go (<see cref="Release"/>):
/// held entries neither expire nor make room. What is read and changed in between is under <see cref="Enter"/>.
/// </remarks>
public sealed unsafe class StickTable
{
    /// <summary>Row number of no entry.</summary>
    public const uint None = 0;

    /// <summary>Up to so many entries a table is one shard, and so knows its oldest entry exactly.</summary>
    private const uint OneShardMax = 4096;

    private const uint ShardsOfLarge = 64;

    /// <summary>Expired entries that a new one sweeps out of its shard on its way.</summary>
    private const int SweepOnAdd = 2;

    /// <summary>Entries that a full shard looks at for one that nobody holds.</summary>
    private const int LooksForRoom = 256;

    /// <summary>Rows that memory is reserved for at a time.</summary>
    private const int ChunkBits = 14;

    private readonly byte** chunks;
    private readonly uint* buckets;
    private readonly StickShard* shards;
    private readonly uint bucketMask;
    private readonly uint shardMask;
    private readonly int keyOffset;
    private readonly nuint rowSize;
    private uint fresh;
    private uint free;
    private int freeLock;
    private int used;

    public StickTable(StickTableSettings settings)
    {
        Settings = settings;
        keyOffset = settings.Layout.Place(settings.KeyLength);
        rowSize = (nuint)settings.Layout.EntrySize;
        shardMask = settings.Size <= OneShardMax ? 0 : ShardsOfLarge - 1;
        bucketMask = BitOperations.RoundUpToPowerOf2(Math.Max(settings.Size, 16)) - 1;
        chunks = (byte**)NativeRegion.Reserve((nuint)sizeof(byte*) * ((settings.Size >> ChunkBits) + 1));
        buckets = (uint*)NativeRegion.Reserve(sizeof(uint) * ((nuint)bucketMask + 1));
        shards = (StickShard*)NativeRegion.Reserve((nuint)sizeof(StickShard) * (shardMask + 1));
    }

    public StickTableSettings Settings { get; }

    public StickLayout Layout => Settings.Layout;

    /// <summary>Entries that are there, those that expired and were not swept yet included.</summary>
    public int Used => Volatile.Read(ref used);

    /// <summary>Rows that entries ever stood in: numbers 1 to this one, for whoever walks the table.</summary>
    public uint RowsMax => Math.Min(Volatile.Read(ref fresh), Settings.Size);

    /// <summary>The entry of a key, held; <see cref="None"/> when there is none.</summary>
    /// <param name="key">As <see cref="StickKey"/> makes it.</param>
    /// <param name="nowMs">Monotonic milliseconds, wrapping.</param>
    public uint Find(ReadOnlySpan<byte> key, uint nowMs)
    {
        uint hash = HashOf(key);
        ref StickShard shard = ref ShardOf(hash);
        ShortLock.Enter(ref shard.Lock);
        uint row = Look(hash, key);
        if (row != None)
        {
            if (HasExpired(row, nowMs)) row = None;
            else Header(row).Holders++;
        }
        ShortLock.Exit(ref shard.Lock);
        return row;
    }

    /// <summary>The entry of a key, held, made where there was none; <see cref="None"/> when the table is full.</summary>
    /// <param name="key">As <see cref="StickKey"/> makes it.</param>
    /// <param name="nowMs">Monotonic milliseconds, wrapping.</param>
    /// <param name="isNew">The entry was made.</param>
    public uint FindOrAdd(ReadOnlySpan<byte> key, uint nowMs, out bool isNew)
    {
        uint hash = HashOf(key);
        for (uint spare = None; ;)
        {
            ref StickShard shard = ref ShardOf(hash);
            ShortLock.Enter(ref shard.Lock);
            uint row = Look(hash, key);
            isNew = false;
            if (row != None && HasExpired(row, nowMs))
            {
                Remove(ref shard, row);
                row = None;
            }
            if (row == None)
            {
                for (int i = 0; i < SweepOnAdd && HasExpired(shard.Oldest, nowMs); i++) Remove(ref shard, shard.Oldest);
                row = spare != None ? spare : TakeRow();
                spare = None;
                if (row == None && !Settings.NoPurge && TryMakeRoom(ref shard, nowMs)) row = TakeRow();
                if (row != None) Add(ref shard, row, hash, key, nowMs);
                isNew = row != None;
            }
            if (row != None) Header(row).Holders++;
            ShortLock.Exit(ref shard.Lock);
            if (spare != None) GiveRow(spare);
            if (row != None || Settings.NoPurge) return row;

            // Nothing of this shard may go: another's oldest does.
            spare = TakeOfOthers(hash, nowMs);
            if (spare == None) return None;
        }
    }

    /// <summary>Lets an entry go.</summary>
    /// <param name="row">A held one.</param>
    /// <param name="touch">Its life begins anew.</param>
    /// <param name="nowMs">Monotonic milliseconds, wrapping.</param>
    public void Release(uint row, bool touch, uint nowMs)
    {
        ref StickShard shard = ref Enter(row);
        if (touch) Touch(ref shard, row, nowMs);
        Check.That(Header(row).Holders > 0, "a stick table entry is let go more often than it was held");
        Header(row).Holders--;
        ShortLock.Exit(ref shard.Lock);
    }

    /// <summary>Enters the lock that a held entry is under; nothing of the table may be called before <see cref="Exit"/>,
    /// but for what says that it stands under the lock.</summary>
    public void Lock(uint row) => Enter(row);

    /// <summary>Leaves the lock; what was changed gives the entry a new life.</summary>
    public void Unlock(uint row, bool touch, uint nowMs)
    {
        ref StickShard shard = ref ShardOf(Header(row).Hash);
        if (touch) Touch(ref shard, row, nowMs);
        ShortLock.Exit(ref shard.Lock);
    }

    /// <summary>Under the lock: the place of a 32-bit datum, a counter or a text's number. It must be stored.</summary>
    public ref uint Counter(uint row, StickData data, int index = 0) =>
        ref ((uint*)(RowAt(row) + Layout.OffsetOf(data)))[index];

    /// <summary>Under the lock: the place of a 64-bit counter. It must be stored.</summary>
    public ref ulong LongCounter(uint row, StickData data) => ref *(ulong*)(RowAt(row) + Layout.OffsetOf(data));

    /// <summary>Under the lock: the place of a rate. It must be stored.</summary>
    public ref StickRate Rate(uint row, StickData data, int index = 0) =>
        ref ((StickRate*)(RowAt(row) + Layout.OffsetOf(data)))[index];

    /// <summary>Counts events of a held entry, which touches it. Data that are not stored are left out.</summary>
    /// <param name="row">The entry.</param>
    /// <param name="count">The counter.</param>
    /// <param name="rate">Its rate.</param>
    /// <param name="amount">How many.</param>
    /// <param name="nowMs">Monotonic milliseconds, wrapping.</param>
    public void Count(uint row, StickData count, StickData rate, uint amount, uint nowMs)
    {
        bool counts = Layout.Has(count);
        bool rates = Layout.Has(rate);
        if (!counts && !rates) return;
        Lock(row);
        if (counts) Counter(row, count) += amount;
        if (rates) Rate(row, rate).Add(amount, Layout.PeriodOf(rate), nowMs);
        Unlock(row, touch: true, nowMs);
    }

    /// <summary>The key of a held entry.</summary>
    public ReadOnlySpan<byte> KeyOf(uint row) => new(RowAt(row) + keyOffset, Header(row).KeyLengthAndOne - 1);

    /// <summary>Those that hold an entry; the caller who looks is one of them.</summary>
    public int HoldersOf(uint row) => Volatile.Read(ref Header(row).Holders);

    /// <summary>Milliseconds that a held entry lives if nobody touches it; 0: it does not expire, or has.</summary>
    public uint LeftMs(uint row, uint nowMs) =>
        Settings.ExpireMs == 0 ? 0 : (uint)Math.Max(0, (int)(Volatile.Read(ref Header(row).ExpireMs) - nowMs));

    /// <summary>Holds the entry of a row, for whoever walks the table. False: there is none, or it has expired.</summary>
    public bool TryHold(uint row, uint nowMs)
    {
        if (row == None || row > RowsMax) return false;

        // The shard is known by the hash, which changes only while the row is free or under the lock of its shard.
        uint hash = Volatile.Read(ref Header(row).Hash);
        ref StickShard shard = ref ShardOf(hash);
        ShortLock.Enter(ref shard.Lock);
        bool held = Header(row).IsUsed && Header(row).Hash == hash && !HasExpired(row, nowMs);
        if (held) Header(row).Holders++;
        ShortLock.Exit(ref shard.Lock);
        return held;
    }

    /// <summary>Lets an entry go for good if nobody else holds it. False: somebody does; it stays as it was.</summary>
    public bool TryRemove(uint row)
    {
        ref StickShard shard = ref Enter(row);
        bool alone = Header(row).Holders == 1;
        Header(row).Holders--;
        if (alone) Remove(ref shard, row);
        ShortLock.Exit(ref shard.Lock);
        return alone;
    }

    /// <summary>Drops entries whose time is over.</summary>
    /// <param name="nowMs">Monotonic milliseconds, wrapping.</param>
    /// <param name="most">No more than so many.</param>
    /// <returns>How many were dropped.</returns>
    public int Sweep(uint nowMs, int most)
    {
        int swept = 0;
        if (Settings.ExpireMs == 0 || Used == 0) return 0;
        for (uint i = 0; i <= shardMask && swept < most; i++)
        {
            ref StickShard shard = ref shards[i];
            if (Volatile.Read(ref shard.Oldest) == None) continue;
            ShortLock.Enter(ref shard.Lock);
            for (uint row = shard.Oldest; row != None && swept < most && IsDue(row, nowMs);)
            {
                uint next = Header(row).Newer;
                if (Header(row).Holders == 0)
                {
                    Remove(ref shard, row);
                    swept++;
                }
                else
                {
                    // Held beyond its time: its life begins anew with its release.
                    Touch(ref shard, row, nowMs);
                }
                row = next;
            }
            ShortLock.Exit(ref shard.Lock);
        }
        return swept;
    }

    private ref StickHeader Header(uint row) => ref *(StickHeader*)RowAt(row);

    private byte* RowAt(uint row) => chunks[row >> ChunkBits] + ((row & ((1u << ChunkBits) - 1)) * rowSize);

    private ref StickShard ShardOf(uint hash) => ref shards[hash & shardMask];

    private ref StickShard Enter(uint row)
    {
        ref StickShard shard = ref ShardOf(Header(row).Hash);
        ShortLock.Enter(ref shard.Lock);
        return ref shard;
    }

    /// <summary>Keyed for the process, so that nobody can choose keys that fall together.</summary>
    private static uint HashOf(ReadOnlySpan<byte> key)
    {
        HashCode hash = default;
        hash.AddBytes(key);
        return (uint)hash.ToHashCode();
    }

    private uint Look(uint hash, ReadOnlySpan<byte> key)
    {
        uint row = buckets[hash & bucketMask];
        while (row != None && (Header(row).Hash != hash || !KeyOf(row).SequenceEqual(key))) row = Header(row).Next;
        return row;
    }

    private bool IsDue(uint row, uint nowMs) => Settings.ExpireMs != 0 && (int)(nowMs - Header(row).ExpireMs) >= 0;

    private bool HasExpired(uint row, uint nowMs) => row != None && Header(row).Holders == 0 && IsDue(row, nowMs);

    private void Add(ref StickShard shard, uint row, uint hash, ReadOnlySpan<byte> key, uint nowMs)
    {
        byte* at = RowAt(row);
        new Span<byte>(at, (int)rowSize).Clear();
        ref StickHeader header = ref Header(row);
        header.Hash = hash;
        header.KeyLengthAndOne = key.Length + 1;
        key.CopyTo(new Span<byte>(at + keyOffset, Settings.KeyLength));
        ref uint bucket = ref buckets[hash & bucketMask];
        header.Next = bucket;
        bucket = row;
        header.ExpireMs = nowMs + Settings.ExpireMs;
        Link(ref shard, row);
        Interlocked.Increment(ref used);
    }

    /// <summary>Takes an entry out of its bucket and the order; its row is free then.</summary>
    private void Remove(ref StickShard shard, uint row)
    {
        Unhook(ref shard, row);
        GiveRow(row);
    }

    private void Unhook(ref StickShard shard, uint row)
    {
        ref StickHeader header = ref Header(row);
        ref uint place = ref buckets[header.Hash & bucketMask];
        while (place != row) place = ref Header(place).Next;
        place = header.Next;
        Unlink(ref shard, row);
        header.KeyLengthAndOne = 0;
        Interlocked.Decrement(ref used);
    }

    private void Touch(ref StickShard shard, uint row, uint nowMs)
    {
        Header(row).ExpireMs = nowMs + Settings.ExpireMs;
        if (shard.Newest == row) return;
        Unlink(ref shard, row);
        Link(ref shard, row);
    }

    private void Link(ref StickShard shard, uint row)
    {
        ref StickHeader header = ref Header(row);
        header.Older = shard.Newest;
        header.Newer = None;
        if (shard.Newest != None) Header(shard.Newest).Newer = row;
        else shard.Oldest = row;
        shard.Newest = row;
    }

    private void Unlink(ref StickShard shard, uint row)
    {
        ref StickHeader header = ref Header(row);
        if (header.Older != None) Header(header.Older).Newer = header.Newer;
        else shard.Oldest = header.Newer;
        if (header.Newer != None) Header(header.Newer).Older = header.Older;
        else shard.Newest = header.Older;
    }

    /// <summary>Drops the entry touched longest ago that nobody holds; held ones on the way count as just touched.</summary>
    private bool TryMakeRoom(ref StickShard shard, uint nowMs)
    {
        uint row = TakeOldest(ref shard, nowMs);
        if (row == None) return false;
        GiveRow(row);
        return true;
    }

    private uint TakeOldest(ref StickShard shard, uint nowMs)
    {
        for (int i = 0; i < LooksForRoom && shard.Oldest != None; i++)
        {
            uint row = shard.Oldest;
            if (Header(row).Holders == 0)
            {
                Unhook(ref shard, row);
                return row;
            }
            Touch(ref shard, row, nowMs);
        }
        return None;
    }

    private uint TakeOfOthers(uint hash, uint nowMs)
    {
        for (uint i = 1; i <= shardMask; i++)
        {
            ref StickShard shard = ref shards[(hash + i) & shardMask];
            ShortLock.Enter(ref shard.Lock);
            uint row = TakeOldest(ref shard, nowMs);
            ShortLock.Exit(ref shard.Lock);
            if (row != None) return row;
        }
        return None;
    }

    private uint TakeRow()
    {
        ShortLock.Enter(ref freeLock);
        uint row = free;
        if (row != None) free = Header(row).Next;
        else if (fresh < Settings.Size && HasMemory(fresh + 1)) row = ++fresh;
        ShortLock.Exit(ref freeLock);
        return row;
    }

    /// <summary>Has memory for a row that was never used. Without, the table is full.</summary>
    private bool HasMemory(uint row)
    {
        ref byte* chunk = ref chunks[row >> ChunkBits];
        if (chunk != null) return true;
        uint rows = Math.Min(1u << ChunkBits, Settings.Size + 1);
        try
        {
            chunk = (byte*)NativeRegion.Reserve(rowSize * rows);
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
        return true;
    }

    private void GiveRow(uint row)
    {
        ShortLock.Enter(ref freeLock);
        Header(row).Next = free;
        free = row;
        ShortLock.Exit(ref freeLock);
    }
}
