using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Engine.Data.Health;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Systems.Balance;
using Engine.Systems.Health;
using Engine.Systems.Queue;
using Tests.Systems.Queue;
using Xunit;

namespace Tests.Systems.Balance;

/// <summary>
/// Whose turn it is while servers come, go and change: the order in which HAProxy 3.5 was seen to choose, with one
/// thread, one request after the other.
/// </summary>
public sealed class TurnOrderTests
{
    /// <param name="algorithm">What stands behind <c>balance</c>.</param>
    /// <param name="words"><c>c</c>: consistent hashing; <c>b</c>: all servers but the first are backups.</param>
    /// <param name="weights">Weights of the servers 0, 1, ...</param>
    /// <param name="script">
    /// A number: so many requests; <c>-n</c> and <c>+n</c>: server n into maintenance and back; <c>n=w</c>: its weight.
    /// </param>
    /// <param name="seen">The servers, a word for each number of the script.</param>
    [Theory]
    [InlineData("roundrobin", "", "1 2 3 10 100", "130", "4444444344444424444344444444144344444444443444444404424344444444443444444444434444444414434442444444434444444444344444444443444444")]
    [InlineData("roundrobin", "", "5 5 3", "30", "010120102101201012010210120101")]
    [InlineData("roundrobin", "", "256 1 255", "40", "0202020202020202020202020202020202020202")]
    [InlineData("roundrobin", "", "1 1 1 1 1", "3 -0 3 -1 7 +0 4 +1 12", "012 341 2342342 3420 342013420134")]
    [InlineData("roundrobin", "", "1 2 3 4", "3 -1 2 -2 3 +1 7 +2 20 -0 6 +0 15", "323 02 333 3310331 32310323123231032312 332132 312323103231232")]
    [InlineData("roundrobin", "", "10 10 10", "4 0=20 12 1=5 12 2=0 6 2=1 30 2=256 9", "0120 102010201020 020020102002 010000 100001000010000100010002001000 201222222")]
    [InlineData("roundrobin", "", "0 0 3", "3 0=4 9 1=2 12", "222 202002020 200210201200")]
    [InlineData("roundrobin", "b", "0 2 1 3", "8 -3 6 +3 8", "31323131 211211 32133132")]
    [InlineData("static-rr", "", "1 2 3 10 100", "40", "0444444144434444444442434444444444344444")]
    [InlineData("static-rr", "", "10 20 30", "14", "02121202121202")]
    [InlineData("static-rr", "", "1 2 3 4", "3 -1 2 -2 3 +1 7 +2 20", "013 32 033 3133031 23123230132312323013")]
    [InlineData("static-rr", "c", "1 2 3", "12", "021212021212")]
    [InlineData("roundrobin", "c", "1 2 3", "12", "212021212021")]
    [InlineData("url_param id", "", "1 2 3 4", "3 -1 2 -2 3 +1 7 +2 20", "013 32 033 3133031 23123230132312323013")]
    [InlineData("url_param id", "c", "1 2 3 4", "3 -1 2 -2 3 +1 7 +2 20", "222 32 333 3333333 31302033201200320112")]
    [InlineData("url_param id", "c", "5 5 5", "4 0=3 12 -0 3 -1 3 +1 6 +0 9", "2012 221220022210 121 222 212112 012000210")]
    public void Servers_take_their_turns_as_the_reference_has_them(
        string algorithm, string words, string weights, string script, string seen)
    {
        QueueWorld worlds = new(Backend(algorithm, words, weights));
        List<string> chosen = [];
        foreach (string step in script.Split(' '))
        {
            if (int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int requests))
                chosen.Add(Choose(worlds, requests));
            else
                Change(worlds, step);
        }
        Assert.Equal(seen, string.Join(' ', chosen));
    }

    [Fact]
    public void A_server_that_came_at_run_time_takes_turns_and_its_place_is_kept()
    {
        TurnOrder order = new();
        order.Reserve([10, 11]);
        order.Begin(0, 16);
        order.Begin(1, 16);
        int place = order.Add(12);
        order.SetWeight(place, 16);
        HashSet<int> taken = [.. Enumerable.Range(0, 40).Select(_ => Take(order))];
        Assert.Equal([0, 1, 2], taken.Order());
        order.SetWeight(place, 0);
        Assert.DoesNotContain(place, Enumerable.Range(0, 40).Select(_ => Take(order)));
        Assert.Equal(place, order.Add(12));
    }

    [Fact]
    public void Nobody_has_a_turn_without_weights()
    {
        TurnOrder order = new();
        order.Reserve([10]);
        Assert.Equal(-1, Take(order));
        order.SetWeight(0, 16);
        Assert.Equal(0, Take(order));
    }

    private static int Take(TurnOrder order)
    {
        bool roundEnded = false;
        int place = order.Take(ref roundEnded);
        if (place >= 0) order.PutBack(place);
        return place;
    }

    private static string Backend(string algorithm, string words, string weights)
    {
        StringBuilder text = new($"  balance {algorithm}\n");
        if (words == "c") text.Append("  hash-type consistent\n");
        if (words == "b") text.Append("  option allbackups\n");
        int i = 0;
        foreach (string weight in weights.Split(' '))
        {
            string backup = words == "b" && i > 0 ? "backup" : "";
            text.Append(CultureInfo.InvariantCulture, $"  server {i++} 127.0.0.1:80 weight {weight} {backup}\n");
        }
        return text.ToString();
    }

    private static string Choose(QueueWorld worlds, int requests)
    {
        StringBuilder names = new();
        for (int i = 0; i < requests; i++)
        {
            Stream stream = new() { FailedServer = -1 };
            int server = ChooseServer.Run(worlds[0], 0, ref stream, worlds.Backend);
            names.Append(worlds.Configuration.Servers[server].Name);
            ServerSlots.GiveBack(worlds[0], server);
        }
        return names.ToString();
    }

    private static void Change(QueueWorld worlds, string step)
    {
        if (step.IndexOf('=') is > 0 and int at)
        {
            ChangeServer.Weight(worlds[0], worlds.Number(step[..at]), int.Parse(step[(at + 1)..], CultureInfo.InvariantCulture));
            return;
        }
        bool stops = step[0] == '-';
        ServerAdmin maintenance = ServerAdmin.ForcedMaintenance;
        ChangeServer.Admin(
            worlds[0], worlds.Number(step[1..]), stops ? maintenance : ServerAdmin.None, stops ? ServerAdmin.None : maintenance);
    }
}
