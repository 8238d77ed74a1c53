using BenchmarkDotNet.Attributes;
using Engine.Data.Tables;
using Engine.Data.Time;

namespace Benchmarks.Micro;

/// <summary>
/// What a timeout costs: pushed later (each byte received), and placed and removed (each connection).
/// </summary>
[MemoryDiagnoser]
[AllocatesNothing]
public unsafe class TimerWheelBenchmarks
{
    private const uint Rows = 10_000;

    private Timer* timers;
    private TimerWheel wheel = null!;
    private uint now = 1_000;

    [GlobalSetup]
    public void Prepare()
    {
        timers = (Timer*)NativeRegion.Reserve((nuint)sizeof(Timer) * Rows);
        wheel = new TimerWheel(timers, sizeof(Timer), timers, sizeof(Timer), 0);
        wheel.Start(now);
        for (uint row = 0; row < Rows; row++)
            wheel.Set(TimerWheel.ConnectionKind, row, ref timers[row], TimerWheel.After(now, 30_000));
    }

    [Benchmark]
    public void PushLater() =>
        wheel.Set(TimerWheel.ConnectionKind, 77, ref timers[77], TimerWheel.After(++now, 30_000));

    [Benchmark]
    public void PlaceAndRemove()
    {
        wheel.Remove(TimerWheel.ConnectionKind, 78, ref timers[78]);
        wheel.Set(TimerWheel.ConnectionKind, 78, ref timers[78], TimerWheel.After(now, 5_000));
    }
}
