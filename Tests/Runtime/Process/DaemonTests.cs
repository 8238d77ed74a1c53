using System;
using System.Text;
using Engine.Runtime.Process;
using Xunit;

namespace Tests.Runtime.Process;

public sealed class DaemonTests
{
    [Theory]
    [InlineData("7:5", true)]
    [InlineData("8:5", false)]
    [InlineData("7:2", false)]
    [InlineData("7:", false)]
    [InlineData(":5", false)]
    [InlineData("7", false)]
    [InlineData("", false)]
    [InlineData("7:-5", false)]
    [InlineData("7:5:6", false)]
    [InlineData("7:99999999999", false)]
    public void A_role_counts_when_the_parent_gave_it(string text, bool accepted)
    {
        Assert.Equal(accepted, DaemonRole.TryParse(text, 7, out int fd));
        if (accepted) Assert.Equal(5, fd);
    }

    [Fact]
    public void A_role_of_another_process_is_taken_away_and_not_believed()
    {
        Environment.SetEnvironmentVariable("SLUICE_LAUNCHER", "1:3");
        Assert.Null(DaemonRole.Take());
        Assert.Null(Environment.GetEnvironmentVariable("SLUICE_LAUNCHER"));
        Assert.Null(DaemonRole.Take());
    }

    [Fact]
    public void The_image_is_what_the_process_was_started_with()
    {
        OwnImage image = OwnImage.Read();
        Assert.NotEmpty(image.Arguments);
        Assert.All(image.Arguments, argument => Assert.Equal(0, argument[^1]));
        Assert.Equal((byte)'/', OwnImage.Executable[0]);
        byte[][] changed = image.EnvironmentWith("SLUICE_TEST_A=1", "PATH=/nowhere");
        string[] texts = Array.ConvertAll(changed, Encoding.UTF8.GetString);
        Assert.Contains("SLUICE_TEST_A=1\0", texts);
        Assert.Single(texts, text => text.StartsWith("PATH=", StringComparison.Ordinal));
        Assert.Contains("PATH=/nowhere\0", texts);
    }
}
