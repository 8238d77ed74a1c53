using System;
using System.IO;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>dump stats-file</c> and <c>stats-file</c> (management guide section 9.5).</summary>
public sealed class StatsFileTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    [Fact]
    public void Counters_begin_where_the_file_says()
    {
        Start("""
            #fe guid,stot,req_tot,hrsp_2xx,

            // of a frontend and its second listener
            g-fe,1024,2048,77,
            g-fe,abc,
            g-l-0,12
            g-other-0,13
            g-be,14
            #inval guid,other,
            g-fe,5,6
            #be guid,unknown,stot,
            g-be,512,1025,
            g-s,512,1026,
            """);
        Assert.Equal("1024", Stat("fe", "FRONTEND", "stot"));
        Assert.Equal("2048", Stat("fe", "FRONTEND", "req_tot"));
        Assert.Equal("77", Stat("fe", "FRONTEND", "hrsp_2xx"));
        Assert.Equal("12", Stat("fe", "sock-1", "stot"));
        Assert.Equal("1025", Stat("be", "BACKEND", "stot"));
        Assert.Equal("1026", Stat("be", "s1", "stot"));
        Assert.Equal("0", Stat("be", "s2", "stot"));
    }

    [Fact]
    public void What_one_process_dumps_the_next_goes_on_from()
    {
        Proxy proxy = Start("");
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
        proxy.WaitUntil(() => Stat("fe", "FRONTEND", "hrsp_2xx") == "1", "the answer is counted");
        string first = Say("dump stats-file");
        Assert.StartsWith("#fe guid,stot,bin,bout,", first, StringComparison.Ordinal);
        Assert.Contains("\n\n#be guid,stot,bin,bout,", first, StringComparison.Ordinal);
        Assert.Contains("\ng-s,1,", first, StringComparison.Ordinal);
        Assert.DoesNotContain("-1", first[first.IndexOf('\n')..], StringComparison.Ordinal);
        string bytes = Stat("fe", "FRONTEND", "bout");
        proxy.End();
        File.Delete(SocketPath);
        Start(first);
        Assert.Equal(bytes, Stat("fe", "FRONTEND", "bout"));
        Assert.Equal("1", Stat("be", "BACKEND", "hrsp_2xx"));
        Assert.Equal(first.Split('\n').Length, Say("dump stats-file").Split('\n').Length);
    }

    [Theory]
    [InlineData("hello\ng-fe,1\n", "Invalid stats-file format in file '")]
    [InlineData("#be stot,guid,\n5,g-be,\n", "Invalid stats-file format in file '")]
    [InlineData("#be guid\ng-be,5", "Invalid stats-file format in file '")]
    [InlineData("#be guid,stot,\ng-be,7\n#be guid,stot\ng-be,9,\n", "Ignored stats-file header line '3' in file '")]
    [InlineData(null, "Can't load stats-file '")]
    public void Files_that_are_none_are_told_of(string? file, string told)
    {
        Proxy proxy = Start(file);
        proxy.Errors.WaitFor($"config: {told}");
    }

    private Proxy Start(string? file)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        string path = Path.Combine(Bench.Directory, "counters");
        if (file is not null) File.WriteAllText(path, file);
        return StartApi(
            $"""
            {HttpDefaults}
                balance roundrobin
            frontend fe
                guid g-fe
                option socket-stats
                bind <fe> guid-prefix g-l
                default_backend be
            backend be
                guid g-be
                server s1 {origin.Address} guid g-s
                server s2 {origin.Address}
            """,
            file == "" ? "" : $"stats-file {path}");
    }

    private string Stat(string proxyName, string name, string column)
    {
        string[] lines = Say("show stat").Split('\n');
        int place = Array.IndexOf(lines[0].TrimStart('#', ' ').Split(','), column);
        return lines.Single(line => line.StartsWith($"{proxyName},{name},", StringComparison.Ordinal)).Split(',')[place];
    }
}
