using System;
using System.Text;

namespace Engine.Runtime.Admin;

/// <summary>
/// The forms of <c>show info</c>: plain lines, typed ones, JSON (management guide section 9.2 and 9.3).
/// </summary>
internal static class InfoText
{
    public static void Plain(InfoSource source, bool describe, AdminOutput output)
    {
        foreach (InfoField field in InfoFields.All)
        {
            if (field.Read(source) is { } value)
                output.AddLine($"{field.Name}: {value}{Description(field, describe)}");
        }
    }

    public static void Typed(InfoSource source, bool describe, AdminOutput output)
    {
        foreach (InfoField field in InfoFields.All)
        {
            if (field.Read(source) is not { } value) continue;
            string description = Description(field, describe);
            output.AddLine($"{field.Position}.{field.Name}.1:{field.TagsIn(source)}:{field.TypeIn(source)}:{value}{description}");
        }
    }

    public static void Json(InfoSource source, AdminOutput output)
    {
        char before = '[';
        foreach (InfoField field in InfoFields.All)
        {
            if (field.Read(source) is not { } value) continue;
            string literal = field.Type == "str" ? Quoted(value) : value;
            string tags = field.TagsIn(source);
            string origin = Origin(tags[0]);
            string nature = Nature(tags[1]);
            string scope = Scope(tags[2]);
            output.Add($"{before}{{\"field\":{{\"pos\":{field.Position},\"name\":\"{field.Name}\"}}");
            output.Add($",\"processNum\":1,\"tags\":{{\"origin\":\"{origin}\",\"nature\":\"{nature}\"");
            output.Add($",\"scope\":\"{scope}\"}},\"value\":{{\"type\":\"{field.TypeIn(source)}\"");
            output.Add($",\"value\":{literal}}}}}");
            before = ',';
        }
        output.AddLine("]");
    }

    private static string Description(InfoField field, bool describe) =>
        describe ? $":\"{field.Description}\"" : "";

    internal static string Origin(char letter) =>
        letter switch
        {
            'M' => "Metric",
            'S' => "Status",
            'K' => "Key",
            'C' => "Config",
            _ => "Product",
        };

    internal static string Nature(char letter) =>
        letter switch
        {
            'a' => "Avg",
            'C' => "Counter",
            'D' => "Duration",
            'A' => "Age",
            'G' => "Gauge",
            'N' => "Name",
            'L' => "Limit",
            'M' => "Max",
            'R' => "Rate",
            _ => "Output",
        };

    internal static string Scope(char letter) => letter == 'P' ? "Process" : "Service";

    /// <summary>RFC 8259 section 7; bytes above 0x7F go as they are.</summary>
    internal static string Quoted(string text)
    {
        StringBuilder result = new();
        Quote(text, result);
        return result.ToString();
    }

    /// <summary>The same, behind what stands there.</summary>
    internal static void Quote(ReadOnlySpan<char> text, StringBuilder result)
    {
        result.Append('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\') result.Append('\\').Append(c);
            else if (c < 0x20) result.Append($"\\u{(int)c:x4}");
            else result.Append(c);
        }
        result.Append('"');
    }
}
