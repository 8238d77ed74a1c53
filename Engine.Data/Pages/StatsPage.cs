using Engine.Data.Messages;
using Engine.Data.Rules;

namespace Engine.Data.Pages;

/// <summary>The statistics page of a proxy (manual section 4.2, <c>stats enable</c> and its like).</summary>
public sealed class StatsPage
{
    /// <summary>What a request target begins with to be answered by the page.</summary>
    public ByteView Prefix = ByteView.Literal("/haproxy?stats");

    public string Realm = "HAProxy Statistics";

    /// <summary>What an <c>Authorization</c> field may hold behind <c>Basic</c>; none: everybody may see the page.</summary>
    public string[] Credentials = [];

    /// <summary><c>stats refresh</c>, seconds; 0: never.</summary>
    public int RefreshSeconds;

    public bool HidesVersion;

    public bool ShowsLegends;

    /// <summary><c>stats show-node</c>; null: not shown.</summary>
    public string? Node;

    /// <summary><c>stats show-desc</c>; null: not shown.</summary>
    public string? Description;

    /// <summary><c>stats scope</c>: names of the proxies that are shown; none: all.</summary>
    public string[] Scopes = [];

    /// <summary><c>stats admin</c>: the conditions under which servers may be changed, one of which must hold.</summary>
    public Condition?[] AdminConditions = [];

    /// <summary>A copy to fill in further while the configuration is read.</summary>
    public StatsPage Copy() => (StatsPage)MemberwiseClone();
}
