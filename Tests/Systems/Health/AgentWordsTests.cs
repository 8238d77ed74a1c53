using Engine.Data.Health;
using Engine.Systems.Health;
using Xunit;

namespace Tests.Systems.Health;

public sealed class AgentWordsTests
{
    [Theory]
    [InlineData("up", "up", CheckStatus.Layer7Ok)]
    [InlineData("down #broken disk", "down", CheckStatus.Layer7Status)]
    [InlineData("stopped", "stopped", CheckStatus.Layer7Status)]
    [InlineData("fail\t75%", "fail", CheckStatus.Layer7Status)]
    [InlineData("FAIL #a", "FAIL", CheckStatus.Layer7Status)]
    [InlineData("Up", "Up", CheckStatus.Layer7Ok)]
    [InlineData("down,#x foo", "down", CheckStatus.Layer7Status)]
    [InlineData("drain", null, CheckStatus.Checked)]
    [InlineData("# a word alone", null, CheckStatus.Checked)]
    public void Operations(string line, string? operation, CheckStatus status)
    {
        AgentWords words = AgentWords.Read(line);
        Assert.Equal(operation, words.Operation);
        Assert.Equal(status, words.Status);
        Assert.Null(words.Unknown);
    }

    [Fact]
    public void Everything_at_once()
    {
        AgentWords words = AgentWords.Read("ready,up 50% maxconn:30 # all is well");
        Assert.Equal("ready", words.Wanted);
        Assert.Equal("up", words.Operation);
        Assert.Equal(50, words.Weight);
        Assert.True(words.WeightIsRelative);
        Assert.Equal(30, words.MaxConnections);
        Assert.Equal("all is well", words.Description);
    }

    [Theory]
    [InlineData("75%", 75, true)]
    [InlineData("weight:75%", 75, true)]
    [InlineData("WEIGHT:30", 30, false)]
    public void Weights(string line, int weight, bool isRelative)
    {
        AgentWords words = AgentWords.Read(line);
        Assert.Equal(weight, words.Weight);
        Assert.Equal(isRelative, words.WeightIsRelative);
        Assert.Null(words.Unknown);
    }

    [Theory]
    [InlineData("READY", "ready", null)]
    [InlineData("Drain", "drain", null)]
    [InlineData("MAINT MaxConn:5", "maint", 5)]
    public void In_any_case(string line, string wanted, int? limit)
    {
        AgentWords words = AgentWords.Read(line);
        Assert.Equal(wanted, words.Wanted);
        Assert.Equal(limit, words.MaxConnections);
        Assert.Null(words.Unknown);
    }

    [Theory]
    [InlineData("foo bar", "foo")]
    [InlineData("failed", "failed")]
    [InlineData("down#x", "down#x")]
    [InlineData("down# x", "down#")]
    [InlineData("30", "30")]
    [InlineData("weight:x", "weight:x")]
    [InlineData("weight:", "weight:")]
    [InlineData("up -5%", "-5%")]
    [InlineData("maxconn:x", "maxconn:x")]
    public void The_first_word_that_means_nothing_is_told(string line, string unknown) =>
        Assert.Equal(unknown, AgentWords.Read(line).Unknown);
}
