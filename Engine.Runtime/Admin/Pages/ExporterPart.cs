using System;
using System.Text;
using Engine.Data.Configuration;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// One metric, or one class of status of one, while the lines of the statistics go by once: its samples stand together in
/// the answer, so each part gathers its own.
/// </summary>
/// <param name="metric">Its whole name.</param>
/// <param name="about">What its HELP line says.</param>
/// <param name="form">As in <see cref="ExporterMetrics"/>.</param>
/// <param name="place">The column that it shows.</param>
/// <param name="labels">Behind those of the line: empty, or a comma and one more.</param>
internal sealed class ExporterPart(string metric, string about, char form, int place, string labels)
{
    private const int FirstSize = 256;

    private static readonly int CheckStatus = StatColumns.Of("check_status");

    private static readonly int AgentStatus = StatColumns.Of("agent_status");
    private static readonly int AgentCode = StatColumns.Of("agent_code");

    private readonly PageBody body = new(FirstSize);

    public string Metric { get; } = metric;

    public char Form { get; } = form;

    public int Place { get; } = place;

    public bool IsEmpty => body.Length == 0;

    public int Length => body.Length;

    /// <summary>Adds the sample of a line, if the line has a value.</summary>
    /// <param name="line">The line.</param>
    /// <param name="names">Labels that name what it is about.</param>
    /// <param name="text">Room to work in, empty before and after.</param>
    public void Add(StatLine line, string names, StringBuilder text)
    {
        ReadOnlySpan<char> value = line.Value(Place);
        if (Form is 'p' or 'q' && line.Proxy.Mode != ProxyMode.Http) return;
        if (Form == 'z' && value.Length == 0 && line.Value(Place == AgentCode ? AgentStatus : CheckStatus).Length > 0) value = "0";
        if (value.Length == 0 && Form is not ('n' or 'N')) return;
        text.Append(Metric).Append('{').Append(names).Append(labels).Append("} ");
        if (Form == 'm') Seconds(line.Number(Place), text);
        else text.Append(value.Length == 0 ? "NaN" : value);
        body.Take(text.Append('\n'));
    }

    /// <summary>Adds a sample for each state: 1 for the one that it is in.</summary>
    public void AddStates(string names, ReadOnlySpan<string> states, ReadOnlySpan<char> state, StringBuilder text)
    {
        foreach (string known in states) AddState(names, known, state.SequenceEqual(known) ? 1 : 0, text);
    }

    public void AddState(string names, string state, int count, StringBuilder text)
    {
        text.Append(Metric).Append('{').Append(names).Append(",state=\"").Append(state).Append("\"} ").Append(count);
        body.Take(text.Append('\n'));
    }

    /// <summary>What stands before the samples.</summary>
    public void Describe(StringBuilder text)
    {
        text.Append("# HELP ").Append(Metric).Append(' ').Append(about).Append('\n');
        text.Append("# TYPE ").Append(Metric).Append(Form is 'c' or 'h' or 'p' or 'N' ? " counter\n" : " gauge\n");
    }

    /// <summary>Gives the samples away.</summary>
    public void MoveTo(PageBody page)
    {
        page.Add(body);
        body.Free();
    }

    public void Free() => body.Free();

    private static void Seconds(long milliseconds, StringBuilder text)
    {
        long rest = milliseconds % 1000;
        text.Append(milliseconds / 1000).Append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".").Append(rest).Append("000");
    }
}
