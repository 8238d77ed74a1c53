using System.Linq;
using BenchmarkDotNet.Attributes;
using Benchmarks.Micro;
using Xunit;

namespace Tests.Benchmarks.Micro;

public sealed class SmokeCaseTests
{
    public static TheoryData<string> Names() =>
        [.. SmokeCase.AllOf(typeof(MicroVerb).Assembly).Select(smoke => smoke.Name)];

    /// <summary>Every micro benchmark runs, so none rots, and allocates nothing where it says so.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void EveryBenchmarkRuns(string name)
    {
        SmokeCase smoke = SmokeCase.AllOf(typeof(MicroVerb).Assembly).Single(
            candidate => candidate.Name == name);
        long allocated = smoke.Run();
        if (smoke.AllocatesNothing) Assert.Equal(0, allocated);
    }

    [Fact]
    public void SetUpParametersAndCleanUpAreHonoured()
    {
        Sample.Log = string.Empty;
        SmokeCase smoke = SmokeCase.AllOf(typeof(Sample).Assembly).Single(
            candidate => candidate.Name == "Sample.Measured");
        Assert.Equal(0, smoke.Run());
        Assert.True(smoke.AllocatesNothing);
        Assert.Equal("setup 3 5,", Sample.Log[..10]);
        Assert.EndsWith(",cleanup", Sample.Log);
    }

    [Fact]
    public void AllocationsAreSeen()
    {
        SmokeCase smoke = SmokeCase.AllOf(typeof(Sample).Assembly).Single(
            candidate => candidate.Name == "Sample.Allocating");
        Assert.True(smoke.Run() > 0);
        Assert.False(smoke.AllocatesNothing);
    }

    public class Sample
    {
        internal static string Log { get; set; } = string.Empty;

        [Params(3, 4)]
        public int Size { get; set; }

        [ParamsSource(nameof(Others))]
        public int Other { get; set; }

        public static int[] Others => [5, 6];

        [GlobalSetup]
        public void SetUp() => Log += $"setup {Size} {Other},";

        [GlobalCleanup]
        public void CleanUp() => Log += ",cleanup";

        [Benchmark]
        [AllocatesNothing]
        public int Measured() => Size * Other;

        [Benchmark]
        public object Allocating() => new();
    }
}
