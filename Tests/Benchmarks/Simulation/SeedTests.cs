using Benchmarks.Simulation;
using Xunit;

namespace Tests.Benchmarks.Simulation;

/// <summary>
/// The real worker and pipeline under scripted clients, origins and faults: seeds that once found something, and some in a row.
/// </summary>
public sealed class SeedTests
{
    private const int SeedsInARow = 60;

    public static TheoryData<ulong, string> Found => new()
    {
        { 1000094, "a pipelined request that crossed our close ended in a reset, and the answer with it" },
        { 1001286, "what a TCP client sent after its server's reset was answered as a request" },
        { 1001433, "a pipelining client lost the answer that closed" },
        { 1001545, "as 1001286, while the rest of the server's bytes was still to be sent" },
        { 1002094, "the oracle judged a tunnel before its last byte had arrived" },
        { 1002266, "a request failed for want of a buffer that the same tick's receives were about to give back" },
        { 1002276, "as 1000094, with an answer longer than the client's window" },
        { 1002992, "a client was timed out that was not read from, because its server took nothing" },
        { 1004059, "the simulated kernel forgot clients in the backlog" },
        { 1006561, "a timer moved by 1,024 ms at the end of a block of the wheel: the thread turned in circles" },
        { 1009119, "a reset that a send was told of looked like the end of an answer that ends with the connection" },
        { 2011088, "a stream was given a slot by one timer of a batch and its own old timer, in the same batch, took it away" },
        { 2001729, "a client script forgot the reset that its send was told of" },
        { 2005558, "the end of a body before a pipelined request waited for more buffers at once than there are" },
        { 2006137, "a server's time was up a second late: the wheel slept past it at the end of a block" },
        { 3005258, "bytes behind an answer that came after the connection's next request" },
        { 3011357, "the reset of a later answer overtook one that was whole" },
        { 5000494, "a pipe was somebody else's while the kernel still filled it" },
        { 7015725, "chunks that ended before a pipelined request wanted more buffers at once than there are, and were refused" },
        { 1005700, "a body byte that came too late crossed the 408" },
        { 9100737, "a client script did not know that a pause had closed its tunnel" },
        { 9109247, "a newcomer that made a limit grow (minconn) went elsewhere, and nobody looked for those who wait for that server" },
        { 11001022, "what came of a head that was too large held the buffers that its answer needed" },
        { 41010469, "a limit that was set below minconn did not count" },
        { 20008407, "bytes of a request reached its pipe after its server was gone" },
        { 777000000, "an interim answer that an HTTP/1.0 client is not sent ended the server's time, and nothing began it anew" },
        { 777000001, "a client that waited for room among maxconn had used up its timeout http-request there" },
        { 888000100, "a server that failed and has 256 places in a row in the table of static-rr: a place before the first" },
        { 11116394, "the oracle did not know that a body which its server does not want any more ends the client's connection" },
    };

    [Theory, MemberData(nameof(Found))]
    public void What_was_found_once_stays_away(ulong seed, string what)
    {
        SimulationResult result = global::Benchmarks.Simulation.Simulation.Run(seed);
        Assert.True(result.Failure == null, $"seed {seed} ({what}): {result.Failure}");
    }

    /// <summary>The same seeds each time: looking for new faults is what <c>simulate</c> is for.</summary>
    [Fact]
    public void Seeds_in_a_row_find_nothing()
    {
        const ulong from = 9_000_000;
        for (ulong seed = from; seed < from + SeedsInARow; seed++)
        {
            SimulationResult result = global::Benchmarks.Simulation.Simulation.Run(seed);
            Assert.True(result.Failure == null, $"seed {seed}: {result.Failure}");
        }
    }

    [Fact]
    public void A_seed_makes_the_same_run_twice()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            SimulationResult first = global::Benchmarks.Simulation.Simulation.Run(seed);
            SimulationResult second = global::Benchmarks.Simulation.Simulation.Run(seed);
            Assert.Equal(first.Digest, second.Digest);
        }
    }
}
