using Engine.Data.Shared;
using Xunit;

namespace Tests.Data.Shared;

public sealed class ThreadLoadsTests
{
    [Fact]
    public void A_group_has_the_mean_of_its_own_threads()
    {
        ThreadLoads loads = new(4);
        for (int thread = 0; thread < 4; thread++) loads.Tell(thread, 10 * (thread + 1));
        Assert.Equal(30, loads.Of(2));
        Assert.Equal(15, loads.MeanOf(0, 2));
        Assert.Equal(35, loads.MeanOf(2, 2));
        Assert.Equal(25, loads.Mean);
    }
}
