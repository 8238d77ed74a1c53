using System;
using System.Globalization;
using System.Text;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>The forms of <c>show stat</c>: CSV, typed, JSON (management guide sections 9.1 and 9.2).</summary>
internal static class StatText
{
    public static string CsvHeader()
    {
        StringBuilder text = new("# ");
        for (int i = 0; i < StatColumns.All.Length; i++)
        {
            if (i == StatColumns.CommonCount) text.Append("-,");
            text.Append(StatColumns.All[i].Name).Append(',');
        }
        return text.Append('\n').ToString();
    }

    public static void Csv(StatLine line, StringBuilder text)
    {
        for (int i = 0; i < StatColumns.All.Length; i++)
        {
            if (i == StatColumns.CommonCount) text.Append("-,");
            if (line[i] is { } value) Escape(value, text);
            text.Append(',');
        }
        text.Append('\n');
    }

    public static void Typed(StatLine line, bool describe, StringBuilder text)
    {
        string start = string.Create(
            CultureInfo.InvariantCulture, $"{"FBSL"[(int)line.Kind]}.{line.Proxy.Id}.{line.Id}.");
        for (int i = 0; i < StatColumns.All.Length; i++)
        {
            if (line[i] is not { } value) continue;
            StatColumn column = StatColumns.All[i];
            text.Append(start).Append(i).Append('.').Append(column.Name).Append(".1:").Append(TagsOf(line, column));
            text.Append(':').Append(column.Type).Append(':').Append(value);
            if (describe) text.Append(":\"").Append(column.Name.Replace('_', ' ')).Append('"');
            text.Append('\n');
        }
    }

    public static void Json(StatLine line, bool first, StringBuilder text)
    {
        if (!first) text.Append(',');
        char before = '[';
        for (int i = 0; i < StatColumns.All.Length; i++)
        {
            if (line[i] is not { } value) continue;
            StatColumn column = StatColumns.All[i];
            string tags = TagsOf(line, column);
            text.Append(CultureInfo.InvariantCulture, $"{before}{{\"objType\":\"{line.Kind}\",\"proxyId\":{line.Proxy.Id},");
            text.Append(CultureInfo.InvariantCulture, $"\"id\":{line.Id},\"field\":{{\"pos\":{i},\"name\":\"{column.Name}\"}},");
            text.Append($"\"processNum\":1,\"tags\":{{\"origin\":\"{InfoText.Origin(tags[0])}\",");
            text.Append($"\"nature\":\"{InfoText.Nature(tags[1])}\",\"scope\":\"{InfoText.Scope(tags[2])}\"}},");
            string literal = column.Type == "str" ? InfoText.Quoted(value) : value;
            text.Append($"\"value\":{{\"type\":\"{column.Type}\",\"value\":{literal}}}}}");
            before = ',';
        }
        text.Append(']');
    }

    /// <summary>What a count means differs with what it is about.</summary>
    private static string TagsOf(StatLine line, StatColumn column) =>
        column.Name switch
        {
            "act" or "bck" when line.Kind == StatKind.Server => "SGPV",
            "rate_max" when line.Kind == StatKind.Backend => "MGPV",
            _ => column.Tags,
        };

    /// <summary>RFC 4180 section 2: quotes where a value has what would end it.</summary>
    private static void Escape(string value, StringBuilder text)
    {
        if (value.AsSpan().IndexOfAny(",\"\r\n") < 0) text.Append(value);
        else text.Append('"').Append(value.Replace("\"", "\"\"")).Append('"');
    }
}
