using System.Collections.Generic;

namespace Benchmarks.EndToEnd;

/// <summary>
/// The order of the subjects in a round. It rotates, and every second round runs backwards, so that no subject always
/// follows the same one or always comes first.
/// </summary>
public static class RoundOrder
{
    public static List<int> Of(int subjects, int round)
    {
        List<int> order = [];
        for (int i = 0; i < subjects; i++)
            order.Add((i + round) % subjects);
        if (round % 2 == 1) order.Reverse();
        return order;
    }
}
