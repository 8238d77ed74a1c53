using System.Collections.Generic;

namespace Benchmarks.EndToEnd;

/// <summary>
/// The order of the subjects in a round. It rotates every second round, and the round between runs
/// backwards: over twice as many rounds as subjects each comes first equally often, and none always follows
/// the same one.
/// </summary>
public static class RoundOrder
{
    public static List<int> Of(int subjects, int round)
    {
        List<int> order = [];
        for (int i = 0; i < subjects; i++)
            order.Add((i + (round / 2)) % subjects);
        if (round % 2 == 1) order.Reverse();
        return order;
    }
}
