using System;
using System.Collections.Generic;
using System.Text;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>The metrics of all frontends, listeners, backends or servers.</summary>
internal sealed class ExporterScope
{
    private static readonly string[] Classes = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"];

    private readonly List<ExporterPart> parts = [];
    private readonly StringBuilder text = new();

    /// <param name="scope">Its name.</param>
    /// <param name="table">Of <see cref="ExporterMetrics"/>.</param>
    /// <param name="query">Which of them.</param>
    public ExporterScope(string scope, string table, ExporterQuery query)
    {
        foreach ((string name, string column, char form) in ExporterText.Rows(table))
        {
            string metric = $"haproxy_{scope}_{name}";
            if (!query.Names.Wants(metric)) continue;
            string about = name.Replace('_', ' ');
            if (form != 'h')
            {
                int place = form is 's' or 'a' or 'b' ? 0 : StatColumns.Of(column);
                parts.Add(new ExporterPart(metric, about, form, place, ""));
                continue;
            }
            foreach (string code in Classes)
                parts.Add(new ExporterPart(metric, about, form, StatColumns.Of($"hrsp_{code}"), $",code=\"{code}\""));
        }
        if (query.ShowsExtra) AddExtra(scope, query);
    }

    /// <summary>Adds the samples of a line.</summary>
    /// <param name="line">Of this scope.</param>
    /// <param name="tally">What the servers of a backend are; others do not look at it.</param>
    public void Add(StatLine line, ExporterTally tally)
    {
        string names = ExporterText.LabelsOf(line);
        foreach (ExporterPart part in parts)
        {
            switch (part.Form)
            {
                case 's':
                    part.AddStates(names, ExporterStates.Of(line.Kind), ExporterStates.StateOf(line), text);
                    break;
                case 'k':
                    if (ExporterStates.OutcomeOf(line, part.Place) is { Length: > 0 } outcome)
                        part.AddStates(names, ExporterStates.Outcomes, outcome, text);
                    break;
                case 'a' or 'b':
                    tally.Write(part, names, text);
                    break;
                default:
                    part.Add(line, names, text);
                    break;
            }
        }
    }

    public int Length
    {
        get
        {
            int length = 0;
            foreach (ExporterPart part in parts) length = checked(length + part.Length);
            return length;
        }
    }

    /// <summary>Writes the metrics that anybody has a value of.</summary>
    public void MoveTo(PageBody page)
    {
        string described = "";
        foreach (ExporterPart part in parts)
        {
            if (!part.IsEmpty && part.Metric != described)
            {
                part.Describe(text);
                page.Take(text);
                described = part.Metric;
            }
            part.MoveTo(page);
        }
    }

    /// <summary>The columns behind the common ones: what protocols count.</summary>
    private void AddExtra(string scope, ExporterQuery query)
    {
        for (int place = StatColumns.CommonCount; place < StatColumns.All.Length; place++)
        {
            string name = StatColumns.All[place].Name;
            string metric = $"haproxy_{scope}_{name}";
            if (!query.Names.Wants(metric)) continue;
            string module = $",mod=\"{name[..name.IndexOf('_', StringComparison.Ordinal)]}\"";
            parts.Add(new ExporterPart(metric, name.Replace('_', ' '), 'c', place, module));
        }
    }
}
