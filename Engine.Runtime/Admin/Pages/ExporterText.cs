using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Sticky;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// The figures in Prometheus' text format 0.0.4, under the names that dashboards for HAProxy know
/// (<see cref="ExporterMetrics"/>).
/// </summary>
internal static class ExporterText
{
    private static readonly string[] Classes = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"];

    public static string Of(AdminServices services, EngineAccess engine, ExporterQuery query)
    {
        StringBuilder text = new();
        if (query.Wants("global")) AddProcess(services, query.Names, text);
        List<StatLine> lines = [.. CollectStats.Run(engine, new StatFilter { NotInMaintenance = query.NotInMaintenance })];
        if (query.Wants("frontend")) Add("frontend", ExporterMetrics.Frontend, lines, StatKind.Frontend, query, text);
        if (query.Wants("listener")) Add("listener", ExporterMetrics.Listener, lines, StatKind.Listener, query, text);
        if (query.Wants("backend")) Add("backend", ExporterMetrics.Backend, lines, StatKind.Backend, query, text);
        if (query.Wants("server")) Add("server", ExporterMetrics.Server, lines, StatKind.Server, query, text);
        if (query.Wants("sticktable")) AddTables(engine.Shared.StickTables, query.Names, text);
        return text.ToString();
    }

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

    private static void Add(string scope, string table, List<StatLine> lines, StatKind kind, ExporterQuery query, StringBuilder text)
    {
        List<StatLine> shown = lines.FindAll(line => line.Kind == kind);
        foreach ((string name, string column, char form) in Rows(table))
        {
            string metric = $"haproxy_{scope}_{name}";
            if (!query.Names.Wants(metric)) continue;
            int before = text.Length;
            Describe(metric, name, form, text);
            int start = text.Length;
            if (form == 'h')
            {
                foreach (string code in Classes)
                    foreach (StatLine line in shown) Sample(metric, line, $"hrsp_{code}", 'c', $",code=\"{code}\"", text);
            }
            else if (form is 'a' or 'b') ExporterStates.Sums(metric, shown, lines, form == 'a', text);
            else
            {
                foreach (StatLine line in shown) Sample(metric, line, column, form, "", text);
            }
            if (text.Length == start) text.Length = before; // nobody has such a value
        }
        if (query.ShowsExtra) AddExtra(scope, shown, query.Names, text);
    }

    /// <summary>The columns behind the common ones: what protocols count.</summary>
    private static void AddExtra(string scope, List<StatLine> lines, MetricFilter filter, StringBuilder text)
    {
        foreach (StatColumn column in StatColumns.All.AsSpan(StatColumns.CommonCount))
        {
            string metric = $"haproxy_{scope}_{column.Name}";
            if (!lines.Exists(line => line[column.Name].Length > 0) || !filter.Wants(metric)) continue;
            Describe(metric, column.Name, 'c', text);
            string module = $",mod=\"{column.Name[..column.Name.IndexOf('_')]}\"";
            foreach (StatLine line in lines) Sample(metric, line, column.Name, 'c', module, text);
        }
    }

    private static void Sample(string metric, StatLine line, string column, char form, string more, StringBuilder text)
    {
        if (form == 's')
        {
            ExporterStates.Add(metric, line, text);
            return;
        }
        string value = line[column];
        if (form == 'p' && line.Proxy.Mode != ProxyMode.Http) return;
        if (form == 'z' && line["check_status"].Length > 0 && value.Length == 0) value = "0";
        if (value.Length == 0 && form != 'n') return;
        if (form == 'k') ExporterStates.AddOutcome(metric, line, text);
        else
        {
            if (form == 'm') value = (line.Number(column) / 1000.0).ToString("0.000000", CultureInfo.InvariantCulture);
            text.Append($"{metric}{{{LabelsOf(line)}{more}}} {(value.Length == 0 ? "NaN" : value)}\n");
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

    private static IEnumerable<(string Name, string Column, char Form)> Rows(string table)
    {
        foreach (string row in table.Split('\n'))
        {
            string[] words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3) yield return (words[0], words[1], words[2][0]);
        }
    }
}
