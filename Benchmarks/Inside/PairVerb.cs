using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Benchmarks.EndToEnd;
using Benchmarks.Load;

namespace Benchmarks.Inside;

/// <summary>
/// <c>pair</c>: load on two frontends of one process in turns, which cancels everything but what they differ in.
/// </summary>
internal static class PairVerb
{
    private const int SettleMs = 250;

    /// <summary>Commands in one line to the statistics socket.</summary>
    private const int CommandsALine = 250;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        VerbOptions line = new(
            arguments, ["rounds", "seconds", "threads", "connections", "sluice", "sluice-args", "proxy-cpus", "load-cpus"], []);
        if (line.Words.Count != 1 || Find(line.Words[0]) is not { } pair)
            throw new UsageException($"pair takes one of: {string.Join(", ", Names())}");
        InsideRun.Place(line);
        using ChildProcess origin = ChildProcess.StartVerb(["origin"], Placement.LoadCpus);
        int originPort = origin.WaitReady();
        int[] ports = [Sockets.FreePort(), Sockets.FreePort()];
        string file = pair.Configuration(line.Integer("threads", 1, 1), ports[0], ports[1], originPort);
        using OwnProxy proxy = new(InsideRun.Command(line), file, ports[0]);
        bool passes = !pair.HasTable || Fill(proxy);
        LoadPlan plan = new()
        {
            Port = ports[0],
            Connections = line.Integer("connections", 50, 1),
            WarmUpMs = SettleMs,
            WindowMs = (int)(line.Number("seconds", 3) * 1_000),
            WatchProcess = proxy.Id,
        };
        foreach (int port in ports) _ = Cpu(plan with { Port = port });
        int rounds = line.Integer("rounds", 5, 1);
        double[] first = new double[rounds], second = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            foreach (int way in RoundOrder.Of(2, round)) (way == 0 ? first : second)[round] = Cpu(plan with { Port = ports[way] });
            Say($"round {round + 1}: {pair.First} {first[round]:0.00} us, {pair.Second} {second[round]:0.00} us of CPU per request");
        }
        return passes & Judge(pair, first, second) ? 0 : 1;
    }

    private static bool Judge(Pair pair, double[] first, double[] second)
    {
        Spread ratio = Statistics.PairedRatio(second, first);
        double[] added = new double[first.Length];
        for (int i = 0; i < added.Length; i++) added[i] = second[i] - first[i];
        Spread more = Spread.Of(added);
        Say($"{pair.Second} / {pair.First}: {ratio.Median:0.000} ({ratio.Low:0.000} to {ratio.High:0.000})");
        Say($"added: {more.Median:0.00} us ({more.Low:0.00} to {more.High:0.00})");
        bool passes = (pair.RatioMax <= 0 || ratio.Median <= pair.RatioMax) && (pair.AddedUsMax <= 0 || more.Median <= pair.AddedUsMax);
        string bound = pair.RatioMax > 0 ? $"ratio {pair.RatioMax:0.00}" : $"{pair.AddedUsMax:0.00} us";
        Say($"{(passes ? "pass" : "MISS")}: at most {bound}");
        return passes;
    }

    private static double Cpu(LoadPlan plan)
    {
        LoadResult result = LoadClient.Run(plan, useWrk: false);
        if (result.Errors.Total > 0 || result.Requests == 0) throw new SubjectException($"errors: {result.Errors}");
        return result.ProxyCpu.RunNs / 1e3 / result.Requests;
    }

    /// <summary>Makes all entries of the table and tells what one takes.</summary>
    private static bool Fill(OwnProxy proxy)
    {
        const int quarter = Pair.TableEntries / 4;
        Add(proxy, 0, quarter);
        long before = UserMemory.OfTree(proxy.Id).ProportionalBytes;
        Add(proxy, quarter, Pair.TableEntries);
        double each = (UserMemory.OfTree(proxy.Id).ProportionalBytes - before) / (double)(Pair.TableEntries - quarter);
        Say($"{proxy.Admin.Say("show table").Trim()}: {each:0.0} bytes per entry (at most {Pair.EntryBytesMax})");
        return each <= Pair.EntryBytesMax;
    }

    private static void Add(OwnProxy proxy, int from, int to)
    {
        StringBuilder line = new();
        for (int key = from; key < to; key++)
        {
            line.Append(CultureInfo.InvariantCulture, $"set table entries key {key} data.http_req_rate 1;");
            if ((key + 1) % CommandsALine != 0 && key + 1 < to) continue;
            string answer = proxy.Admin.Say(line.ToString()).Trim();
            if (answer.Length > 0) throw new SubjectException(answer);
            line.Clear();
        }
    }

    private static Pair? Find(string name)
    {
        foreach (Pair pair in Pair.All)
        {
            if (pair.Name == name) return pair;
        }
        return null;
    }

    private static List<string> Names()
    {
        List<string> names = [];
        foreach (Pair pair in Pair.All) names.Add(pair.Name);
        return names;
    }

    private static void Say(FormattableString text) => Console.WriteLine(FormattableString.Invariant(text));
}
