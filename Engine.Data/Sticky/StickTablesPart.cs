using System.Collections.Generic;

namespace Engine.Data.Sticky;

/// <summary>Part of the draft: the stick tables in the order of their declaration.</summary>
public sealed class StickTablesPart
{
    public List<StickTableSettings> Tables { get; } = [];

    /// <summary>The table of a name: a proxy's, or <c>peers/table</c>. Null: there is none.</summary>
    public StickTableSettings? Find(string name) => Tables.Find(table => table.Name == name);

    public void Add(StickTableSettings table)
    {
        table.Number = Tables.Count;
        Tables.Add(table);
    }
}
