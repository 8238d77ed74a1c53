using System.Collections.Generic;

namespace Tests.Data.Sticky;

/// <summary>What a stick table of one shard does, said with a dictionary and a list of keys by age.</summary>
internal sealed class StickTableModel(int size, uint expireMs, bool noPurge)
{
    private sealed class Entry
    {
        public uint Value;
        public uint DiesMs;
        public int Holders;
    }

    private readonly Dictionary<uint, Entry> entries = [];
    private readonly List<uint> byAge = [];

    public int Used => entries.Count;

    public bool Lives(uint key, uint nowMs) =>
        entries.TryGetValue(key, out Entry? entry) && (entry.Holders > 0 || entry.DiesMs > nowMs);

    public uint ValueOf(uint key) => entries[key].Value;

    /// <summary>Holds the entry of a key, made where there is none. False: there is no room.</summary>
    public bool TryAdd(uint key, uint nowMs, out bool isNew)
    {
        isNew = !Lives(key, nowMs);
        if (isNew)
        {
            Remove(key);
            for (int i = 0; i < 2 && byAge.Count > 0 && !Lives(byAge[0], nowMs); i++) Remove(byAge[0]);
            isNew = Used < size || (!noPurge && TryMakeRoom(nowMs));
            if (!isNew) return false;
            entries[key] = new Entry();
            Touch(key, nowMs);
        }
        entries[key].Holders++;
        return true;
    }

    public void Set(uint key, uint value, uint nowMs)
    {
        entries[key].Value = value;
        Touch(key, nowMs);
    }

    public void Release(uint key, bool touch, uint nowMs)
    {
        entries[key].Holders--;
        if (touch) Touch(key, nowMs);
    }

    /// <summary>False: it is held, and stays.</summary>
    public bool TryRemove(uint key)
    {
        if (entries[key].Holders > 0) return false;
        Remove(key);
        return true;
    }

    public int Sweep(uint nowMs)
    {
        int swept = 0;
        while (byAge.Count > 0 && entries[byAge[0]].DiesMs <= nowMs)
        {
            if (entries[byAge[0]].Holders > 0)
            {
                Touch(byAge[0], nowMs);
                continue;
            }
            Remove(byAge[0]);
            swept++;
        }
        return swept;
    }

    /// <summary>The oldest that nobody holds goes; held ones before it become the youngest.</summary>
    private bool TryMakeRoom(uint nowMs)
    {
        for (int i = Used; i > 0; i--)
        {
            uint oldest = byAge[0];
            if (TryRemove(oldest)) return true;
            Touch(oldest, nowMs);
        }
        return false;
    }

    private void Touch(uint key, uint nowMs)
    {
        entries[key].DiesMs = nowMs + expireMs;
        byAge.Remove(key);
        byAge.Add(key);
    }

    private void Remove(uint key)
    {
        if (entries.Remove(key)) byAge.Remove(key);
    }
}
