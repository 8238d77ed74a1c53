using Benchmarks;
using Benchmarks.EndToEnd;
using Xunit;

namespace Tests.Benchmarks.EndToEnd;

public sealed class SubjectTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("/usr/sbin/haproxy", new[] { "/usr/sbin/haproxy" })]
    [InlineData("  a  b ", new[] { "a", "b" })]
    [InlineData("a 'b c' \"d 'e\" ''", new[] { "a", "b c", "d 'e", "" })]
    [InlineData(@"a b\ c 'd\e' ""f\""g""", new[] { "a", "b c", @"d\e", "f\"g" })]
    public void CommandsAreSplitAsAShellWould(string command, string[] words) =>
        Assert.Equal(words, SubjectCommand.Split(command));

    [Theory]
    [InlineData("a 'b")]
    [InlineData("a \"b")]
    public void AnOpenQuoteIsRefused(string command) =>
        Assert.Throws<UsageException>(() => SubjectCommand.Split(command));

    [Theory]
    [InlineData(SubjectKind.HaProxy, new[] { "p" }, new[] { "p", "-db", "-f", "/f" })]
    [InlineData(SubjectKind.Sluice, new[] { "p", "-dU" }, new[] { "p", "-dU", "-db", "-f", "/f" })]
    [InlineData(SubjectKind.Nginx, new[] { "p" }, new[] { "p", "-p", "/d", "-c", "/f" })]
    [InlineData(SubjectKind.HaProxy, new[] { "p", "--file={cfg}", "-x" }, new[] { "p", "--file=/f", "-x" })]
    public void TheFileGoesWhereTheCommandWantsIt(SubjectKind kind, string[] command, string[] words) =>
        Assert.Equal(words, SubjectCommand.Words(
            new Subject { Name = "x", Kind = kind, Command = command }, "/f", "/d"));

    [Fact]
    public void NamesDecideTheRole()
    {
        EndToEndOptions options = new(
            ["--only-named-peers", "--peers", "haproxy35=/a -q,haproxy=/b,nginx=/c,other=/d {cfg}"]);
        Assert.Equal(
            [
                "haproxy35 A", "haproxy B", "nginx None", "other None", "haproxy35/splice A",
                "haproxy/splice B",
            ],
            SubjectChoice.Peers(options).ConvertAll(peer => $"{peer.Name} {peer.Role}"));
    }

    [Fact]
    public void SluiceIsOneSubjectPerBackEnd()
    {
        EndToEndOptions options = new(
            ["--sluice-r2r", "/r", "--args-epoll", "-dU1 -x", "--sluice-args", "-q"]);
        Assert.Equal(
            ["sluice/io_uring: /s -q -dUio_uring", "sluice/epoll: /s -q -dU1 -x", "sluice/r2r: /r -q"],
            SubjectChoice.Sluice(options, "/s").ConvertAll(
                subject => $"{subject.Name}: {string.Join(' ', subject.Command)}"));
        Assert.Equal(["dotnet", "/x/sluice.dll"], SluiceBuild.Command("/x/sluice.dll"));
    }
}
