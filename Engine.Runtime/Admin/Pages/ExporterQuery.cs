using System;
using System.Collections.Generic;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// What an address asks of the exporter: <c>scope=</c> chooses among what there are metrics of, <c>metrics=</c> among
/// names, <c>no-maint</c> leaves servers in maintenance out, <c>extra-counters</c> adds those of protocols.
/// </summary>
internal sealed class ExporterQuery
{
    private static readonly string[] Scopes =
        ["global", "frontend", "listener", "backend", "server", "sticktable", "resolvers"];

    private readonly HashSet<string> scopes = [.. Scopes];

    public MetricFilter Names { get; } = new();

    public bool NotInMaintenance { get; private set; }

    public bool ShowsExtra { get; private set; }

    public bool Wants(string scope) => scopes.Contains(scope);

    /// <summary>Null: the address asks for a scope that there is none of, or names no value where one is needed.</summary>
    public static ExporterQuery? Read(string target)
    {
        ExporterQuery query = new();
        bool chosen = false;
        int begin = target.IndexOf('?');
        foreach (string pair in begin < 0 ? [] : target[(begin + 1)..].Split('&'))
        {
            int sign = pair.IndexOf('=');
            string name = Uri.UnescapeDataString(sign < 0 ? pair : pair[..sign]);
            string? value = sign < 0 ? null : Uri.UnescapeDataString(pair[(sign + 1)..]);
            switch (name)
            {
                case "scope":
                    if (value is null || !query.Choose(value, chosen)) return null;
                    chosen = true;
                    break;
                case "metrics":
                    if (value is null) return null;
                    query.Names.Add(value);
                    break;
                case "no-maint":
                    query.NotInMaintenance = true;
                    break;
                case "extra-counters":
                    query.ShowsExtra = true;
                    break;
            }
        }
        return query;
    }

    /// <param name="scope">One more than those before; none at all when empty, all when a star.</param>
    private bool Choose(string scope, bool chosen)
    {
        if (!chosen || scope.Length == 0) scopes.Clear();
        if (scope == "*") scopes.UnionWith(Scopes);
        else if (scope.Length > 0 && Array.IndexOf(Scopes, scope) < 0) return false;
        else if (scope.Length > 0) scopes.Add(scope);
        return true;
    }
}
