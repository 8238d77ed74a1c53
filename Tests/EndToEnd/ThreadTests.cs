using System;
using System.IO;
using System.Linq;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>nbthread and cpu-map.</summary>
public sealed class ThreadTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Any_number_of_threads_serves_all_clients(int threads)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => AnsweringOrigin.Ok(request.Target));
        Proxy proxy = Start($"global\nnbthread {threads}\n" + Simple(origin, backend: "http-reuse always"));
        Wire[] clients = [.. Enumerable.Range(0, 40).Select(_ => proxy.Connect("fe"))];
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < clients.Length; i++)
                clients[i].Send(Get($"/{round}/{i}"));
            for (int i = 0; i < clients.Length; i++)
                Assert.Equal($"/{round}/{i}", clients[i].ReadResponse().Text);
        }
    }

    [SkippableFact]
    public void Cpu_map_pins_each_thread_to_its_processor()
    {
        Skip.If(Environment.ProcessorCount < 2 && !ProgramUnderTest.Required, "needs two processors");
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("global\nnbthread 2\ncpu-map 1/1 0\ncpu-map 1/2 1\n" + Simple(origin));
        string[] Allowed() => [.. Directory.GetDirectories($"/proc/{proxy.Pid}/task").Select(task =>
            File.ReadLines(task + "/status")
                .First(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))
                .Split('\t')[1])];
        proxy.WaitUntil(() => Allowed().Contains("0") && Allowed().Contains("1"), "a thread on each processor");
        Wire client = proxy.Connect("fe");
        client.Send(Get());
        Assert.Equal(200, client.ReadResponse().Status);
    }
}
