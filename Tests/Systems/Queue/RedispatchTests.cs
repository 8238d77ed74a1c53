using Engine.Data.Streams;
using Engine.Systems.Connect;
using Xunit;

namespace Tests.Systems.Queue;

/// <summary>
/// <c>option redispatch</c>: after which of three failed retries a request goes to another server; 0: after none. As
/// observed of the reference, whose algorithms without ties go elsewhere at once, and never with an interval of 0.
/// </summary>
public sealed class RedispatchTests
{
    [Theory]
    [InlineData("", "roundrobin", false, 0)]
    [InlineData("", "roundrobin", true, 0)]
    [InlineData("option redispatch", "roundrobin", false, 1)]
    [InlineData("option redispatch", "static-rr", false, 1)]
    [InlineData("option redispatch", "leastconn", false, 1)]
    [InlineData("option redispatch", "random", false, 1)]
    [InlineData("option redispatch", "first", false, 1)]
    [InlineData("option redispatch", "source", false, 3)]
    [InlineData("option redispatch", "roundrobin", true, 3)]
    [InlineData("option redispatch 1", "source", false, 1)]
    [InlineData("option redispatch 2", "first", true, 2)]
    [InlineData("option redispatch 3", "first", true, 3)]
    [InlineData("option redispatch 3", "first", false, 1)]
    [InlineData("option redispatch 5", "first", true, 0)]
    [InlineData("option redispatch 5", "first", false, 1)]
    [InlineData("option redispatch 0", "roundrobin", false, 0)]
    [InlineData("option redispatch 0", "first", true, 0)]
    [InlineData("option redispatch -1", "source", true, 3)]
    [InlineData("option redispatch -2", "source", true, 2)]
    [InlineData("option redispatch -3", "source", true, 1)]
    [InlineData("option redispatch -5", "source", true, 1)]
    [InlineData("option redispatch -5", "roundrobin", false, 1)]
    public void A_request_goes_elsewhere_at(string option, string balance, bool isTied, int retry)
    {
        QueueWorld world = new($"balance {balance}\n{option}\nserver a 127.0.0.1:1\nserver b 127.0.0.1:2");
        Stream stream = new() { Flags = isTied ? StreamFlags.Direct : StreamFlags.None };
        int first = 0;
        for (int retries = 1; retries <= 3 && first == 0; retries++)
        {
            stream.RetriesLeft = (short)(3 - retries);
            if (RetryConnect.Redispatches(world.Backend, ref stream, retries)) first = retries;
        }
        Assert.Equal(retry, first);
    }
}
