using System;
using System.IO;
using System.Threading;
using Engine.Runtime.Process;
using Xunit;

namespace Tests.Runtime.Process;

public sealed class LimitsTests
{
    /// <summary>
    /// What the reference reserves for one listener, one stats socket and so many threads, with nothing
    /// open.
    /// </summary>
    private static DescriptorNeeds Needs(int threads) =>
        new(Listeners: 2, Threads: threads, AdminConnections: 10, Checks: 0, LogTargets: 0, Pipes: 0, Open: 0);

    [Theory]
    [InlineData(20000, 9987)]
    [InlineData(4096, 2035)]
    [InlineData(1000, 487)]
    [InlineData(100, 100)]
    [InlineData(20, 100)]
    [InlineData(long.MaxValue, 1073741811)]
    public void Maxconn_follows_from_the_descriptor_limit_as_in_the_reference(long limit, int connections) =>
        Assert.Equal(connections, DescriptorLimit.MaxConnections(limit, Needs(1)));

    [Theory]
    [InlineData(1000, 2025)]
    [InlineData(77, 179)]
    [InlineData(100, 225)]
    public void A_given_maxconn_needs_as_many_descriptors_as_in_the_reference(int connections, long descriptors) =>
        Assert.Equal(descriptors, DescriptorLimit.Needed(connections, Needs(1)));

    /// <summary>What the reference answers for a limit of memory, as <c>show info</c> tells it there.</summary>
    [Theory]
    [InlineData(1, 16384, 1024, 0, 20000, 0, 100)]
    [InlineData(32, 16384, 1024, 0, 20000, 0, 910)]
    [InlineData(100, 16384, 1024, 0, 20000, 0, 2800)]
    [InlineData(256, 16384, 1024, 0, 20000, 0, 7200)]
    [InlineData(128, 8192, 1024, 0, 20000, 0, 6700)]
    [InlineData(64, 32768, 1024, 0, 20000, 0, 950)]
    [InlineData(64, 16384, 4096, 0, 20000, 0, 1600)]
    [InlineData(32, 16384, 1024, 1, 20000, 0, 220)]
    [InlineData(256, 16384, 1024, 1, 20000, 0, 1900)]
    [InlineData(64, 16384, 1024, 1, 100000, 0, 350)]
    [InlineData(32, 16384, 1024, 2, 20000, 0, 190)]
    [InlineData(256, 16384, 1024, 2, 20000, 0, 1700)]
    [InlineData(64, 16384, 1024, 1, 20000, 100, 1400)]
    [InlineData(64, 16384, 1024, 0, 400000, 100, 1800)]
    public void Maxconn_follows_from_a_memory_limit(
        int megabytes, int bufferSize, int uri, int tlsSides, int tlsSessions, int tlsMax, int connections) =>
        Assert.Equal(connections, new MemoryBudget(megabytes, bufferSize, uri, tlsSides, tlsSessions).Connections(tlsMax));

    [Theory]
    [InlineData(0, 300, 0)]
    [InlineData(1, 300, 300)]
    [InlineData(2, 300, 530)]
    [InlineData(1, 1700, 5)]
    [InlineData(1, 10000, 0)]
    public void Maxsslconn_follows_from_what_a_given_maxconn_leaves(int tlsSides, int connections, int tls) =>
        Assert.Equal(tls, new MemoryBudget(64, 16384, 1024, tlsSides, 20000).TlsConnections(connections));

    [Fact]
    public void What_is_computed_fits_what_it_was_computed_from()
    {
        DescriptorNeeds needs = new(30, 8, 10, 12, 3, 5, 44);
        for (long limit = 1024; limit < 1_000_000; limit = (limit * 5 / 4) + 1)
        {
            int connections = DescriptorLimit.MaxConnections(limit, needs);
            Assert.InRange(DescriptorLimit.Needed(connections, needs), limit - 1, limit);
        }
    }

    [Fact]
    public void A_limit_that_is_high_enough_stays()
    {
        (long soft, long hard) = DescriptorLimit.Current();
        Assert.InRange(soft, 1, hard);
        Assert.Null(DescriptorLimit.Raise(1));
        Assert.Equal((soft, hard), DescriptorLimit.Current());
        Assert.InRange(DescriptorLimit.CountOpen(), 3, 100_000);
    }

    [Fact]
    public void A_limit_beyond_the_machine_is_refused_with_the_figures()
    {
        // fs.nr_open bounds root too.
        string? alert = DescriptorLimit.Raise(long.MaxValue / 2);
        Assert.NotNull(alert);
        string begin = $"[haproxy.main()] Cannot raise FD limit to {long.MaxValue / 2}, current limit is ";
        Assert.StartsWith(begin, alert);
    }

    [Fact]
    public void A_pid_file_has_the_number_on_a_line_and_replaces_what_was_there()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "1234567890\n12\n");
        PidFile? file = PidFile.Open(path, out string alert);
        Assert.Equal("", alert);
        file!.Write(4711);
        Assert.Equal("4711\n", File.ReadAllText(path));
        File.Delete(path);
        Assert.Null(PidFile.Open("/nowhere/x.pid", out alert));
        Assert.Equal("[haproxy.main()] Cannot create pidfile /nowhere/x.pid", alert);
    }

    [Theory]
    [InlineData("root", true, 0)]
    [InlineData("www", true, 33)]
    [InlineData("ww", false, -1)]
    [InlineData("wwwx", false, -1)]
    [InlineData("broken", false, -1)]
    [InlineData("", false, -1)]
    [InlineData("last", true, 65534)]
    public void Accounts_are_found_by_their_whole_name(string name, bool found, int number)
    {
        const string text =
            "root:x:0:0:root:/root:/bin/sh\nwww:x:33:33::/:/bin/false\nbroken\nbroken:x:z\n::5:\nlast:*:65534";
        Assert.Equal(found, Privileges.TryFindIn(text, name, out int got));
        if (found) Assert.Equal(number, got);
    }

    [Fact]
    public void Root_is_an_account_and_nothing_to_drop_is_no_fault()
    {
        Assert.True(Privileges.TryFindUser("root", out int uid));
        Assert.True(Privileges.TryFindGroup("root", out int gid));
        Assert.Equal((0, 0), (uid, gid));
        Assert.Null(Privileges.Drop(new PrivilegeSettings(null, -1, -1)));
    }

    [Fact]
    public void A_jail_that_is_not_there_is_an_alert() =>
        Assert.Equal(
            "[haproxy.main()] Cannot chroot(/nowhere/jail).",
            Privileges.Drop(new PrivilegeSettings("/nowhere/jail", -1, -1)));

    [Fact]
    public void A_thread_can_be_bound_to_a_usable_cpu()
    {
        int[] usable = CpuAffinity.Usable();
        Assert.NotEmpty(usable);
        int[] seen = [];
        Thread thread = new(() =>
        {
            if (CpuAffinity.Pin([usable[^1]])) seen = CpuAffinity.Usable();
        });
        thread.Start();
        thread.Join();
        Assert.Equal([usable[^1]], seen);
        Assert.Equal(usable, CpuAffinity.Usable());
        Assert.False(CpuAffinity.Pin([]));
        Assert.False(CpuAffinity.Pin([-1, 1_000_000]));
    }

    public static TheoryData<int, int[]?[], int[], int[][]> Placements() => new()
    {
        { 0, [], [0, 1], [[0], [1]] },
        { 2, [], [3, 5], [[3], [5]] },
        { 1, [], [0, 1], [[0, 1]] },
        { 3, [], [0, 1], [[0, 1], [0, 1], [0, 1]] },
        { 2, [[1], [0]], [0, 1], [[1], [0]] },
        { 3, [null, [7]], [0, 1, 2], [[0], [7], [2]] },
        { 1, [[]], [4], [[4]] },
    };

    [Theory]
    [MemberData(nameof(Placements))]
    public void Threads_are_placed(int threads, int[]?[] map, int[] usable, int[][] places) =>
        Assert.Equal(places, ThreadPlacement.Compute(threads, map, usable));
}
