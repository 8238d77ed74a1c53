using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Shared;

namespace Engine.Data.Patterns;

/// <summary>
/// A list of patterns or of keys with values, by whatever ACLs and maps it is used (manual section 2.7). Its lines stay
/// text until someone wants entries: an ACL that is never changed has only its compiled patterns. Then it is live: the
/// workers look it up in the indexes of <see cref="Live"/>, which change entry by entry, or all at once by another
/// array (clear, commit).
/// </summary>
public sealed class PatternList
{
    /// <summary>Entries are shown by numbers that look like the addresses which tools expect there.</summary>
    private const ulong NumberBase = 0x1000_0000;

    private readonly List<PatternUse> uses = [];
    private readonly List<PatternAcl> acls = [];
    private readonly Dictionary<uint, PatternVersion> versions = [];
    private ShortLock gate;
    private PatternIndex?[] live = [];
    private List<(byte[] Key, byte[] Text, int Line)>? lines = [];
    private ulong lastNumber = NumberBase;
    private bool isLive;
    private bool needsIntegers;
    private bool needsAddresses;

    /// <summary>Name without the prefixes <c>file@</c> and <c>opt@</c>; empty for the patterns of a line.</summary>
    public string Name { get; init; } = "";

    /// <summary>As first named, with its prefix.</summary>
    public string FullName { get; init; } = "";

    public int Id { get; set; } = -1;

    /// <summary>Two columns.</summary>
    public bool HasValues { get; init; }

    /// <summary>Some map uses it, so it has values that a bare pattern would lack.</summary>
    public bool IsMap { get; set; }

    public bool IsAcl { get; set; }

    /// <summary>The configuration is read.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Who uses it, as <c>show map</c> tells it.</summary>
    public List<string> Descriptions { get; } = [];

    public IReadOnlyList<PatternUse> Uses => uses;

    /// <summary>Every use that differs: its number, and what a map makes of values; null for an ACL.</summary>
    public List<(int Use, string? ValueType)> Readers { get; } = [];

    public uint CurrentVersion { get; private set; }

    public uint NextVersion { get; private set; }

    /// <summary>The indexes by the number of their use; read it once for each look-up.</summary>
    public PatternIndex?[] Live => System.Threading.Volatile.Read(ref live);

    /// <summary>Makes a value from its text.</summary>
    public required Func<byte[], PatternValue> ReadValue { get; init; }

    /// <summary>Entries of all versions, as often as the list is used in different ways.</summary>
    public long EntryCount
    {
        get
        {
            long count = 0;
            gate.Enter();
            if (lines is not null) count = lines.Count;
            foreach (PatternVersion version in versions.Values) count += version.Count;
            gate.Exit();
            return count * Math.Max(1, Readers.Count);
        }
    }

    /// <summary>A line of the file, or a pattern of the configuration's line.</summary>
    public void AddLine(byte[] key, byte[] text, int line)
    {
        if (lines is not null) lines.Add((key, text, line));
        else _ = Append(Version(CurrentVersion), key, text, line, out _);
    }

    /// <summary>The keys and their lines, while configurations are read.</summary>
    public void ForEachLine(Action<byte[], int> see)
    {
        if (lines is not null)
        {
            foreach ((byte[] key, _, int line) in lines) see(key, line);
            return;
        }
        foreach (PatternEntry entry in Snapshot(null)) see(entry.Key, entry.Line);
    }

    /// <summary>The number of the use, which is added unless somebody has it already.</summary>
    public int AddUse(PatternUse use)
    {
        for (int i = 0; i < uses.Count; i++)
            if (uses[i].Method == use.Method && uses[i].IgnoreCase == use.IgnoreCase) return i;
        uses.Add(use);
        if (isLive) Array.Resize(ref live, uses.Count);
        return uses.Count - 1;
    }

    public void AddAcl(PatternAcl acl)
    {
        acls.Add(acl);
        if (isLive) acl.GoLive();
    }

    /// <summary>
    /// Makes the entries and every index that is not there yet. Called while configurations are read and by the admin
    /// thread. False with what is wrong with a key or a value, and in which line.
    /// </summary>
    public bool TryGoLive(out string error)
    {
        error = "";
        PatternVersion current = Version(CurrentVersion);
        if (lines is { } waiting)
        {
            lines = null;
            foreach ((byte[] key, byte[] text, int line) in waiting)
                current.Append(new PatternEntry(key, ReadValue(text), ++lastNumber, line) { IsConfigured = true });
        }
        PatternIndex?[] made = new PatternIndex?[uses.Count];
        live.CopyTo(made, 0);
        for (int i = 0; i < made.Length; i++)
        {
            if (made[i] is null && !TryIndex(uses[i], current, out made[i], ref error)) return false;
        }
        System.Threading.Volatile.Write(ref live, made);
        if (isLive) return true;
        isLive = true;
        foreach (PatternAcl acl in acls) acl.GoLive();
        return true;
    }

    /// <summary>The values are to be numbers, or addresses. False with the first that is not.</summary>
    public bool TryNeed(bool integers, bool addresses, out string error)
    {
        error = "";
        needsIntegers |= integers;
        needsAddresses |= addresses;
        for (PatternEntry? entry = Version(CurrentVersion).First; entry is not null; entry = entry.After)
        {
            if (IsAsNeeded(entry.Value)) continue;
            error = $"unable to parse '{Encoding.Latin1.GetString(entry.Value.Text)}' at line {entry.Line} of file '{Name}'";
            return false;
        }
        return true;
    }

    public PatternChange TryAdd(uint? version, byte[] key, byte[] text, out string error)
    {
        error = "";
        gate.Enter();
        try
        {
            uint number = version ?? CurrentVersion;
            if ((int)(number - NextVersion) > 0) return PatternChange.VersionAhead;
            return Append(Version(number), key, text, line: 0, out error);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>Adds the pattern unless it is there: <c>add-acl</c>.</summary>
    public void AddOnce(ReadOnlySpan<byte> key)
    {
        gate.Enter();
        try
        {
            PatternVersion current = Version(CurrentVersion);
            if (current.FirstOf(key) is null) _ = Append(current, key.ToArray(), [], line: 0, out _);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>Gives the value to every entry of the key, or to a new one: <c>set-map</c>.</summary>
    public void AddOrSet(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        gate.Enter();
        try
        {
            PatternVersion current = Version(CurrentVersion);
            PatternEntry? found = current.FirstOf(key);
            if (found is null) _ = Append(current, key.ToArray(), text.ToArray(), line: 0, out _);
            else if (!found.Value.Says(text)) _ = Set(found, everyOne: true, text.ToArray(), out _);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>Gives a value to every entry of a key.</summary>
    public PatternChange TrySet(ReadOnlySpan<byte> key, byte[] text, out string error)
    {
        gate.Enter();
        try
        {
            return Set(Version(CurrentVersion).FirstOf(key), everyOne: true, text, out error);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>Gives a value to the entry of a number.</summary>
    public PatternChange TrySet(ulong number, byte[] text, out string error)
    {
        gate.Enter();
        try
        {
            return Set(Numbered(number, out _), everyOne: false, text, out error);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>Removes the first entry of a key. False when there is none.</summary>
    public bool TryRemove(ReadOnlySpan<byte> key)
    {
        gate.Enter();
        try
        {
            PatternVersion current = Version(CurrentVersion);
            return Remove(current.FirstOf(key), current);
        }
        finally
        {
            gate.Exit();
        }
    }

    public bool TryRemove(ulong number)
    {
        gate.Enter();
        try
        {
            return Remove(Numbered(number, out PatternVersion? version), version);
        }
        finally
        {
            gate.Exit();
        }
    }

    /// <summary>Removes all entries of a version; of one that does not exist, none.</summary>
    public void Clear(uint? version)
    {
        uint number = version ?? CurrentVersion;
        PatternIndex?[]? empty = number == CurrentVersion ? Indexes(new PatternVersion()) : null;
        gate.Enter();
        versions.Remove(number);
        if (empty is not null) System.Threading.Volatile.Write(ref live, empty);
        gate.Exit();
    }

    /// <summary>Another version, to be filled and committed.</summary>
    public uint Prepare() => ++NextVersion;

    /// <summary>
    /// Makes a version the one that is matched, in one moment for all who use the list; earlier ones go. Its indexes
    /// are built before: only the admin thread, which calls this, changes versions that are not current.
    /// </summary>
    public bool TryCommit(uint version)
    {
        if ((int)(version - CurrentVersion) <= 0 || (int)(version - NextVersion) > 0) return false;
        PatternIndex?[] made = Indexes(Version(version));
        gate.Enter();
        foreach (uint number in (uint[])[.. versions.Keys])
            if ((int)(number - version) < 0) versions.Remove(number);
        CurrentVersion = version;
        System.Threading.Volatile.Write(ref live, made);
        gate.Exit();
        return true;
    }

    /// <summary>The entries of a version in order, as they are at this moment.</summary>
    public PatternEntry[] Snapshot(uint? version)
    {
        gate.Enter();
        List<PatternEntry> entries = [];
        if (versions.TryGetValue(version ?? CurrentVersion, out PatternVersion? found))
            for (PatternEntry? entry = found.First; entry is not null; entry = entry.After) entries.Add(entry);
        gate.Exit();
        return [.. entries];
    }

    private PatternVersion Version(uint number)
    {
        if (!versions.TryGetValue(number, out PatternVersion? version)) versions[number] = version = new();
        return version;
    }

    private bool IsAsNeeded(PatternValue value) =>
        (!needsIntegers || value.IsInteger) && (!needsAddresses || value.AddressType != Samples.SampleType.None);

    private PatternChange Append(PatternVersion version, byte[] key, byte[] text, int line, out string error)
    {
        error = "";
        PatternValue value = HasValues || IsMap || text.Length > 0 ? ReadValue(text) : PatternValue.None;
        if (!IsAsNeeded(value)) return PatternChange.BadValue;
        PatternEntry entry = new(key, value, lastNumber + 1, line);
        PatternIndex?[] indexes = live;
        object?[] prepared = new object?[indexes.Length];
        for (int i = 0; i < indexes.Length; i++)
            if (indexes[i] is { } index && !index.TryPrepare(entry, out prepared[i], out error)) return PatternChange.BadKey;
        lastNumber++;
        version.Append(entry);
        if (versions.GetValueOrDefault(CurrentVersion) != version) return PatternChange.Done;
        for (int i = 0; i < indexes.Length; i++) indexes[i]?.Add(entry, prepared[i]);
        return PatternChange.Done;
    }

    private PatternChange Set(PatternEntry? entry, bool everyOne, byte[] text, out string error)
    {
        error = "";
        if (entry is null) return PatternChange.NotFound;
        PatternValue value = ReadValue(text);
        if (!IsAsNeeded(value)) return PatternChange.BadValue;
        if (everyOne) SetAll(entry, value);
        else entry.Value = value;
        return PatternChange.Done;
    }

    private static void SetAll(PatternEntry first, PatternValue value)
    {
        for (PatternEntry? entry = first; entry is not null; entry = entry.SameAfter) entry.Value = value;
    }

    private PatternEntry? Numbered(ulong number, out PatternVersion? version)
    {
        version = null;
        foreach (PatternVersion candidate in versions.Values)
        {
            version = candidate;
            if (candidate.Numbered(number) is { } entry) return entry;
        }
        return null;
    }

    private bool Remove(PatternEntry? entry, PatternVersion? version)
    {
        if (entry is null || version is null) return false;
        version.Remove(entry);
        entry.Gone = true;
        if (versions.GetValueOrDefault(CurrentVersion) != version) return true;
        foreach (PatternIndex? index in live) index?.Remove(entry);
        return true;
    }

    private PatternIndex?[] Indexes(PatternVersion version)
    {
        PatternIndex?[] made = new PatternIndex?[uses.Count];
        string error = "";
        for (int i = 0; i < made.Length; i++) _ = TryIndex(uses[i], version, out made[i], ref error);
        return made;
    }

    private bool TryIndex(PatternUse use, PatternVersion version, out PatternIndex? index, ref string error)
    {
        index = use.Make?.Invoke();
        if (index is null) return true;
        for (PatternEntry? entry = version.First; entry is not null; entry = entry.After)
        {
            if (index.TryPrepare(entry, out object? prepared, out string reason))
            {
                index.Add(entry, prepared);
                continue;
            }

            // A name that no longer resolves matches nothing; a line that was never right is told.
            if (IsRunning) continue;
            error = $"{reason} at line {entry.Line} of file '{Name}'";
            return false;
        }
        return true;
    }
}
