using System;
using System.Text;
using Engine.Data.Configuration;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>How many servers of a backend are in each state, and had each outcome of their check.</summary>
internal sealed class ExporterTally
{
    private readonly int[] states = new int[ExporterStates.OfServers.Length];
    private readonly int[] outcomes = new int[ExporterStates.Outcomes.Length];
    private Proxy? backend;

    /// <summary>Counts a server: those of a backend come one after the other.</summary>
    public void Count(StatLine server)
    {
        Begin(server.Proxy);
        Count(states, ExporterStates.OfServers, ExporterStates.StateOf(server));
        Count(outcomes, ExporterStates.Outcomes, ExporterStates.OutcomeOf(server, ExporterStates.CheckColumn));
    }

    /// <summary>A backend may have no servers.</summary>
    public void Begin(Proxy proxy)
    {
        if (backend == proxy) return;
        backend = proxy;
        Array.Clear(states);
        Array.Clear(outcomes);
    }

    public void Write(ExporterPart part, string names, StringBuilder text)
    {
        string[] known = part.Form == 'a' ? ExporterStates.OfServers : ExporterStates.Outcomes;
        int[] counts = part.Form == 'a' ? states : outcomes;
        for (int i = 0; i < known.Length; i++) part.AddState(names, known[i], counts[i], text);
    }

    private static void Count(int[] counts, string[] known, ReadOnlySpan<char> found)
    {
        for (int i = 0; i < known.Length; i++)
            if (found.SequenceEqual(known[i])) counts[i]++;
    }
}
