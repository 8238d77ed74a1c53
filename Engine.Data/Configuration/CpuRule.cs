namespace Engine.Data.Configuration;

/// <summary>One <c>only-</c> or <c>drop-</c> of <c>cpu-set</c>.</summary>
/// <param name="What"><c>cpu</c>, <c>node</c>, <c>cluster</c>, <c>core</c> or <c>thread</c>.</param>
/// <param name="Drops">CPUs with these numbers are left out; else all others are.</param>
/// <param name="Numbers">The numbers, in no order.</param>
public sealed record CpuRule(string What, bool Drops, int[] Numbers)
{
    /// <summary>Whether the rule lets this CPU be used.</summary>
    public bool Keeps(in CpuPlace place)
    {
        int number = What switch
        {
            "cpu" => place.Cpu,
            "node" => place.Node,
            "cluster" => place.Cluster,
            "core" => place.Core,
            _ => place.Thread,
        };
        return System.Array.IndexOf(Numbers, number) >= 0 != Drops;
    }
}
