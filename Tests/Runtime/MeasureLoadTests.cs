using Engine.Data.Shared;
using Engine.Runtime;
using Xunit;

namespace Tests.Runtime;

public sealed class MeasureLoadTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void What_a_thread_took_of_its_processor_in_a_window_is_its_load()
    {
        ThreadLoads loads = new(2);
        MeasureLoad load = default;
        Assert.True(load.IsDue(Second));
        load.Tell(Second, 7 * Second, loads, 1); // the first only begins
        Assert.Equal(0, loads.Of(1));
        Assert.False(load.IsDue(Second + (Second / 2) - 1));
        Assert.True(load.IsDue(Second + (Second / 2)));
        load.Tell(2 * Second, 7 * Second + (Second / 4), loads, 1);
        Assert.Equal(25, loads.Of(1));
        Assert.Equal(0, loads.Of(0));
        Assert.Equal(12, loads.Mean);
        load.Tell(3 * Second, 10 * Second, loads, 1);
        Assert.Equal(100, loads.Of(1));
    }
}
