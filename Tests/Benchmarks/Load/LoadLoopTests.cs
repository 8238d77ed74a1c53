using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Benchmarks.Load;
using Xunit;

namespace Tests.Benchmarks.Load;

/// <summary>
/// Client against origin, without a proxy between them. Every run is a number of requests, not a time.
/// </summary>
public sealed class LoadLoopTests : IDisposable
{
    private readonly Origin origin = new(0);
    private readonly Thread server;

    public LoadLoopTests()
    {
        server = new Thread(origin.Run) { IsBackground = true };
        server.Start();
    }

    public static TheoryData<LoadPlan> Plans() =>
    [
        new LoadPlan { Port = 0, RequestsMax = 1 },
        new LoadPlan { Port = 0, RequestsMax = 500, Connections = 20 },
        new LoadPlan { Port = 0, RequestsMax = 500, Connections = 20, BodyBytes = 0 },
        new LoadPlan { Port = 0, RequestsMax = 3, Connections = 20 },
        new LoadPlan { Port = 0, RequestsMax = 100, Connections = 10, BodyBytes = 1 << 16 },
        new LoadPlan { Port = 0, RequestsMax = 20, Connections = 5, BodyBytes = 3 << 20 },
        new LoadPlan { Port = 0, RequestsMax = 20, Connections = 5, UploadBytes = 3 << 20 },
        new LoadPlan { Port = 0, RequestsMax = 200, Connections = 10, Kind = LoadKind.PerRequest },
        new LoadPlan { Port = 0, RequestsMax = 100, Connections = 10, Kind = LoadKind.Open, Rate = 20_000 },
    ];

    [Theory]
    [MemberData(nameof(Plans))]
    public void EveryRequestIsAnswered(LoadPlan plan)
    {
        using LoadLoop loop = new(plan with { Port = origin.Port });
        LoadResult result = loop.Run();
        Assert.Equal(0, result.Errors.Total);
        Assert.Equal(plan.RequestsMax, result.Requests);
        Assert.Equal(0, result.Reconnects);
        Assert.InRange(result.P50Ns, 1, result.P99Ns);
        Assert.InRange(result.P99Ns, 1, result.MaximumNs);
    }

    [Fact]
    public void NobodyListeningIsAnErrorAndEndsTheRun()
    {
        using LoadLoop loop = new(
            new LoadPlan { Port = Sockets.FreePort(), RequestsMax = 10, Connections = 2 });
        LoadResult result = loop.Run();
        Assert.Equal(0, result.Requests);
        Assert.Equal(10, result.Errors.Connect);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 100\r\n\r\n", "status")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", "framing")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "framing")]
    [InlineData("nonsense\r\n\r\n", "framing")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "closed")]
    [InlineData("", "closed")]
    public void AWrongAnswerIsCountedByItsKind(string answer, string kind)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Thread other = new(() => AnswerOnce(listener, answer)) { IsBackground = true };
        other.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using LoadLoop loop = new(new LoadPlan { Port = port, RequestsMax = 1 });
        LoadErrors errors = loop.Run().Errors;
        other.Join();
        Assert.Equal(1, errors.Total);
        Assert.Equal(1, kind switch
        {
            "status" => errors.Status,
            "framing" => errors.Framing,
            _ => errors.Closed,
        });
    }

    [Fact]
    public void ArgumentsGiveThePlanBack()
    {
        LoadPlan plan = new()
        {
            Port = 1_234,
            Kind = LoadKind.Open,
            BodyBytes = 7,
            UploadBytes = 8,
            Connections = 9,
            Rate = 1_234.5678,
            WarmUpMs = 10,
            WindowMs = 11,
            RequestsMax = 12,
            TimeoutMs = 13,
            WatchProcess = 14,
            WatchOrigin = 15,
            WatchCpu = 1,
        };
        Assert.Equal(plan, LoadVerbs.PlanOf(LoadVerbs.ArgumentsOf(plan).ToArray().AsSpan(1)));
    }

    public void Dispose()
    {
        origin.Stop();
        server.Join();
        origin.Dispose();
    }

    private static void AnswerOnce(TcpListener listener, string answer)
    {
        using Socket client = listener.AcceptSocket();
        _ = client.Receive(new byte[4_096]);
        if (answer.Length > 0) _ = client.Send(Encoding.ASCII.GetBytes(answer));
        client.Shutdown(SocketShutdown.Send);
        while (client.Receive(new byte[4_096]) > 0)
        {
            // Until the client leaves, so that it meets our end of stream and not a reset.
        }
    }
}
