using Benchmarks;
using Benchmarks.EndToEnd;
using Xunit;

namespace Tests.Benchmarks;

public sealed class VerbOptionsTests
{
    [Fact]
    public void ReadsOptionsFlagsAndWords()
    {
        VerbOptions line = new(
            ["one", "--size", "5", "--list=a,b", "--list", "c", "--on", "two"], ["size", "list"], ["on"]);
        Assert.Equal(["one", "two"], line.Words);
        Assert.Equal(5, line.Integer("size", 1));
        Assert.Equal(["a", "b", "c"], line.List("list"));
        Assert.True(line.Has("on"));
        Assert.False(line.Has("off"));
        Assert.Equal(7, line.Integer("other", 7));
    }

    [Theory]
    [InlineData("--unknown")]
    [InlineData("--size")]
    [InlineData("--on=1")]
    public void RefusesWhatIsNotDeclared(string argument) =>
        Assert.Throws<UsageException>(() => new VerbOptions([argument], ["size"], ["on"]));

    [Theory]
    [InlineData("4")]
    [InlineData("five")]
    [InlineData("5.5")]
    public void RefusesOtherNumbers(string text)
    {
        VerbOptions line = new(["--size", text], ["size"], []);
        Assert.Throws<UsageException>(() => line.Integer("size", 5, minimum: 5));
    }

    [Theory]
    [InlineData("--rounds", "4")]
    [InlineData("--backend", "kqueue")]
    [InlineData("--client", "ab")]
    [InlineData("--scenario", "100b-50,nothing")]
    [InlineData("--proxy-cpus", "first")]
    public void RefusesRunsThatMakeNoSense(string option, string value) =>
        Assert.Throws<UsageException>(() => new EndToEndOptions([option, value]));

    [Fact]
    public void ScenariosComeInTheOrderOfTheTable()
    {
        EndToEndOptions options = new(["--scenario", "idle,100b-1"]);
        Assert.Equal(["100b-1", "idle"], options.Scenarios.ConvertAll(scenario => scenario.Name));
        Assert.Equal(5, options.Settings.Rounds);
    }
}
