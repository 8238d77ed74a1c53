using System.Collections.Generic;
using System.Globalization;

namespace Engine.Data.Patterns;

/// <summary>All lists of a configuration by name and number.</summary>
public sealed class PatternLists
{
    private readonly List<PatternList> all = [];
    private readonly Dictionary<string, PatternList> byName = [];
    private readonly HashSet<int> reserved = [];
    private readonly List<string> changing = [];

    /// <summary>By number.</summary>
    public IReadOnlyList<PatternList> All => all;

    public PatternList? Find(string name) => byName.GetValueOrDefault(Short(name));

    /// <summary>The list of <c>#number</c> or of a name.</summary>
    public PatternList? FindNamed(string text)
    {
        if (!text.StartsWith('#')) return text.Length == 0 ? null : Find(text);
        if (!int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int id)) return null;
        return all.Find(list => list.Id == id);
    }

    public void Add(PatternList list)
    {
        all.Add(list);
        if (list.Name.Length > 0) byName.Add(list.Name, list);
    }

    /// <summary>Takes a number for the list. False: another has it.</summary>
    public bool TryReserve(PatternList list, int id)
    {
        if (!reserved.Add(id)) return false;
        list.Id = id;
        return true;
    }

    /// <summary>Rules change this list: it will be live from the start, so that no request has to make it so.</summary>
    public void Changes(string name) => changing.Add(name);

    /// <summary>Once the configuration is read: numbers for all, and those that rules change go live.</summary>
    public void Finish()
    {
        int next = 0;
        foreach (PatternList list in all)
        {
            list.IsRunning = true;
            if (list.Id >= 0) continue;
            while (!reserved.Add(next)) next++;
            list.Id = next;
        }
        all.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        foreach (string name in changing) _ = Find(name)?.TryGoLive(out _);
    }

    /// <summary>Neither <c>file@</c> nor <c>opt@</c> belongs to a name; <c>virt@</c> does (manual section 2.7).</summary>
    public static string Short(string name) =>
        name.StartsWith("opt@", System.StringComparison.Ordinal) ? name[4..]
        : name.StartsWith("file@", System.StringComparison.Ordinal) ? name[5..]
        : name;
}
