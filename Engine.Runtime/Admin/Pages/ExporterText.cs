using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Sticky;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// The figures in Prometheus' text format 0.0.4, under the names that dashboards for HAProxy know
/// (<see cref="ExporterMetrics"/>).
/// </summary>
internal static class ExporterText
{
    /// <summary>
    /// The lines go by once, whatever the order of the answer: those of 50,000 servers with all metrics are 200 MB of text.
    /// </summary>
    public static void Write(AdminServices services, EngineAccess engine, ExporterQuery query, PageBody body)
    {
        StringBuilder text = new();
        if (query.Wants("global")) AddProcess(services, query.Names, text);
        body.Take(text);
        ExporterScope?[] scopes =
        [
            Scope("frontend", ExporterMetrics.Frontend, query), Scope("listener", ExporterMetrics.Listener, query),
            Scope("backend", ExporterMetrics.Backend, query), Scope("server", ExporterMetrics.Server, query),
        ];
        ExporterTally tally = new();
        foreach (StatLine line in CollectStats.InTurn(engine, new StatFilter { NotInMaintenance = query.NotInMaintenance }, body.IsWanted))
        {
            if (line.Kind == StatKind.Server) tally.Count(line);
            else if (line.Kind == StatKind.Backend) tally.Begin(line.Proxy);
            scopes[PlaceOf(line.Kind)]?.Add(line, tally);
        }
        foreach (ExporterScope? scope in scopes)
        {
            if (scope is null) continue;
            body.Reserve(scope.Length);
            scope.MoveTo(body);
        }
        if (query.Wants("sticktable")) AddTables(engine.Shared.StickTables, query.Names, text);
        body.Take(text);
    }

    private static ExporterScope? Scope(string name, string table, ExporterQuery query) =>
        query.Wants(name) ? new ExporterScope(name, table, query) : null;

    /// <summary>The order of the scopes in the answer.</summary>
    private static int PlaceOf(StatKind kind) =>
        kind switch
        {
            StatKind.Frontend => 0,
            StatKind.Listener => 1,
            StatKind.Backend => 2,
            _ => 3,
        };

    /// <summary>The newest first, as commands list them.</summary>
    private static void AddTables(StickTable[] tables, MetricFilter filter, StringBuilder text)
    {
        foreach (string name in (string[])["size", "used"])
        {
            string metric = $"haproxy_sticktable_{name}";
            if (tables.Length == 0 || !filter.Wants(metric)) continue;
            Describe(metric, name == "size" ? "Stick table size." : "Number of entries used in this stick table.", 'g', text);
            for (int i = tables.Length - 1; i >= 0; i--)
            {
                StickTableSettings table = tables[i].Settings;
                long value = name == "size" ? table.Size : tables[i].Used;
                text.Append($"{metric}{{name=\"{Escape(table.Name)}\",type=\"{table.TypeWord}\"}} {value}\n");
            }
        }
    }

    private static void AddProcess(AdminServices services, MetricFilter filter, StringBuilder text)
    {
        InfoSource source = new(services, services.Report(), Float: false);
        foreach ((string name, string column, char form) in Rows(ExporterMetrics.Process))
        {
            string metric = $"haproxy_process_{name}";
            if (!filter.Wants(metric)) continue;
            InfoField? field = Array.Find(InfoFields.All, candidate => candidate.Name.Replace(' ', '_') == column);
            string value = field?.Read(source) ?? "NaN";
            Describe(metric, name, form, text);
            if (form != 'l') text.Append($"{metric} {value}\n");
            else text.Append($"{metric}{{{(name == "node" ? "node" : "version")}=\"{Escape(value)}\"}} 1\n");
        }
    }

    internal static string LabelsOf(StatLine line) => line.Kind switch
    {
        StatKind.Server => $"proxy=\"{Escape(line.Proxy.Name)}\",server=\"{Escape(line["svname"])}\"",
        StatKind.Listener => $"proxy=\"{Escape(line.Proxy.Name)}\",listener=\"{Escape(line["svname"])}\"",
        _ => $"proxy=\"{Escape(line.Proxy.Name)}\"",
    };

    private static void Describe(string metric, string name, char form, StringBuilder text)
    {
        text.Append($"# HELP {metric} {name.Replace('_', ' ')}\n");
        text.Append($"# TYPE {metric} {(form is 'c' or 'h' or 'p' ? "counter" : "gauge")}\n");
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    internal static IEnumerable<(string Name, string Column, char Form)> Rows(string table)
    {
        foreach (string row in table.Split('\n'))
        {
            string[] words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3) yield return (words[0], words[1], words[2][0]);
        }
    }
}
