using Engine.Data.Patterns;
using Engine.Data.Samples;
using Engine.Systems.Samples.Lists;

namespace Engine.Systems.Samples.Maps;

/// <summary>The list of a map and the way a converter looks it up (manual section 7.3.1, <c>map</c>).</summary>
internal static class ParseMap
{
    /// <summary>Reads and compiles; null with the reason.</summary>
    public static Map? Run(ParsePlace place, string name, string method, MapOutput output, out string error)
    {
        if (LoadList.Run(place.Draft, name, hasValues: true, out error) is not { } list) return null;
        int use = list.AddUse(PatternUses.Of(method, ignoreCase: false));
        list.IsMap = true;
        list.Descriptions.Add($"by map at file '{place.File}' line {place.Line}");
        (int, string?) reader = (use, output == MapOutput.Integer ? "sint" : output == MapOutput.Address ? "addr" : "str");
        if (!list.Readers.Contains(reader)) list.Readers.Add(reader);
        bool ready = list.TryGoLive(out error)
            && list.TryNeed(output == MapOutput.Integer, output == MapOutput.Address, out error);
        return ready ? new Map(list, use) : null;
    }
}
