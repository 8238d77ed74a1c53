using System;
using System.Collections.Generic;

namespace Engine.Runtime.Admin.Pages;

/// <summary><c>metrics=</c> of the exporter's address: names with commas between them, those behind a minus left out.</summary>
internal sealed class MetricFilter
{
    private readonly HashSet<string> wanted = [];
    private readonly HashSet<string> unwanted = [];

    public void Add(string names)
    {
        foreach (string name in names.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name.StartsWith('-')) unwanted.Add(name[1..]);
            else wanted.Add(name);
        }
    }

    public bool Wants(string metric) => !unwanted.Contains(metric) && (wanted.Count == 0 || wanted.Contains(metric));
}
