using System.Text;
using Engine.Data.Patterns;
using Engine.Data.Samples;
using Engine.Systems.Samples.Lists;

namespace Engine.Runtime.Admin.Commands;

/// <summary>What <c>get map</c> and <c>get acl</c> say of one use of a list.</summary>
internal static class PatternLookup
{
    /// <param name="list">Where the value is looked up.</param>
    /// <param name="use">By which method.</param>
    /// <param name="map">In the words of <c>get map</c>.</param>
    /// <param name="valueType">What the map makes of values; null for the use by an ACL.</param>
    /// <param name="text">The value.</param>
    public static string Run(PatternList list, int use, bool map, string? valueType, string text)
    {
        PatternUse how = list.Uses[use];
        PatternEntry? found = FindEntry.Run(list, use, Encoding.Latin1.GetBytes(text));
        StringBuilder line = new($"type={how.Method}, case={(how.IgnoreCase ? "in" : "")}sensitive, ");
        line.Append(map ? "found=" : "match=").Append(found is null ? "no" : "yes");
        if (found is null) return line.ToString();
        bool isTree = how.Method is "ip" || (how.Method is "str" or "beg" && !how.IgnoreCase);
        line.Append(isTree ? ", idx=tree, " : ", idx=list, ");
        line.Append(map ? "key" : "pattern").Append($"=\"{Encoding.Latin1.GetString(found.Key)}\"");
        if (!map) return line.ToString();
        PatternValue value = found.Value;
        if (valueType is null || value == PatternValue.None) return line.Append(", value=none").ToString();
        string type = valueType != "addr" ? valueType : value.AddressType == SampleType.Ipv6 ? "ipv6" : "ipv4";
        string shown = Encoding.Latin1.GetString(value.Text);
        return line.Append($", value=\"{shown}\", type=\"{type}\"").ToString();
    }
}
