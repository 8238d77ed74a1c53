using System;
using System.Text;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>The forms of <c>show stat</c>: CSV, typed, JSON (management guide sections 9.1 and 9.2).</summary>
internal static class StatText
{
    private static readonly string[] Kinds = Enum.GetNames<StatKind>();

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
            Escape(line.Value(i), text);
            text.Append(',');
        }
        text.Append('\n');
    }

    public static void Typed(StatLine line, bool describe, StringBuilder text)
    {
        for (int i = 0; i < StatColumns.All.Length; i++)
        {
            if (!line.Has(i)) continue;
            StatColumn column = StatColumns.All[i];
            text.Append("FBSL"[(int)line.Kind]).Append('.').Append(line.Proxy.Id).Append('.').Append(line.Id);
            text.Append('.').Append(i).Append('.').Append(column.Name).Append(".1:").Append(TagsOf(line, column));
            text.Append(':').Append(column.Type).Append(':').Append(line.Value(i));
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
            if (!line.Has(i)) continue;
            StatColumn column = StatColumns.All[i];
            string tags = TagsOf(line, column);
            // Piece by piece: interpolation would box numbers until it is compiled for good.
            text.Append(before).Append("{\"objType\":\"").Append(Kinds[(int)line.Kind]);
            text.Append("\",\"proxyId\":").Append(line.Proxy.Id).Append(",\"id\":").Append(line.Id);
            text.Append(",\"field\":{\"pos\":").Append(i).Append(",\"name\":\"").Append(column.Name);
            text.Append("\"},\"processNum\":1,\"tags\":{\"origin\":\"").Append(InfoText.Origin(tags[0]));
            text.Append("\",\"nature\":\"").Append(InfoText.Nature(tags[1]));
            text.Append("\",\"scope\":\"").Append(InfoText.Scope(tags[2]));
            text.Append("\"},\"value\":{\"type\":\"").Append(column.Type).Append("\",\"value\":");
            if (column.Type == "str") InfoText.Quote(line.Value(i), text);
            else text.Append(line.Value(i));
            text.Append("}}");
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
    private static void Escape(ReadOnlySpan<char> value, StringBuilder text)
    {
        if (value.IndexOfAny(",\"\r\n") < 0) text.Append(value);
        else text.Append('"').Append(value.ToString().Replace("\"", "\"\"")).Append('"');
    }
}
