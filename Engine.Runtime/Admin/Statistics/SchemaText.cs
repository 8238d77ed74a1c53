using System.Text;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>
/// <c>show schema json</c>: the JSON schema (draft 4) of what <c>show info json</c> and <c>show stat json</c> answer
/// (management guide section 9.3). Byte for byte the reference's, odd places too: tools compare it.
/// </summary>
internal static class SchemaText
{
    private const string Whole = "9007199254740991";

    private static readonly string[] Figure = ["field", "processNum", "tags"];
    private static readonly string[] Natures =
        ["Gauge", "Limit", "Min", "Max", "Rate", "Counter", "Duration", "Age", "Time", "Name", "Output", "Avg"];

    public static readonly string Text = Write();

    private static string Write()
    {
        StringBuilder text = new("{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"oneOf\":[");
        text.Append(ArrayOf("Info", $"{References(Figure)},\"value\":{Reference("typedValue")}", "", Figure)).Append(',');
        string subject = $"\"objType\":{{{Names("Frontend", "Backend", "Listener", "Server", "Unknown")}}},"
            + $"\"proxyId\":{Integer("0")},\"id\":{Integer("0")},";
        text.Append(ArrayOf(
            "Stat", $"{subject}{References(Figure)},{References("typedValue")}", "\"objType\",\"proxyId\",\"id\",", Figure));
        text.Append($",{{\"title\":\"Error\",\"type\":\"object\",\"properties\":{{\"errorStr\":{Type("string")}}},{Required("errorStr")}}}]");
        text.Append($",\"definitions\":{{\"field\":{{\"type\":\"object\",\"pos\":{Integer("0")},\"name\":{Type("string")},");
        text.Append($"{Required("pos", "name")}}},\"processNum\":{Integer("1")},\"tags\":{{\"type\":\"object\",");
        text.Append($"\"origin\":{{\"type\":\"string\",{Names("Metric", "Status", "Key", "Config", "Product", "Unknown")}}},");
        text.Append($"\"nature\":{{\"type\":\"string\",\"enum\":[{Quoted(Natures)}, \"Unknown\"]}},");
        text.Append($"\"scope\":{{\"type\":\"string\",{Names("Cluster", "Process", "Service", "System", "Unknown")}}},");
        text.Append($"{Required("origin", "nature", "scope")}}},\"typedValue\":{{\"type\":\"object\",\"oneOf\":[");
        string[] types = ["s32", "s64", "u32", "u64", "str"];
        for (int i = 0; i < types.Length; i++)
            text.Append(i == 0 ? "" : ",").Append(Reference($"typedValue/definitions/{types[i]}Value"));
        text.Append("],\"definitions\":{");
        text.Append(Value("s32", Range("-2147483648", "2147483647"))).Append(',');
        text.Append(Value("s64", Range("-" + Whole, Whole))).Append(',');
        text.Append(Value("u32", Range("0", "4294967295"))).Append(',');
        text.Append(Value("u64", Range("0", Whole))).Append(',');
        text.Append(Value("str", Type("string")));
        text.Append($",\"unknownValue\":{{\"properties\":{{\"type\":{Integer("0")},\"value\":{{\"type\":\"string\",{Names("unknown")}}}}},");
        return text.Append($"{Required("type", "value")}}}}}}}}}}}").ToString();
    }

    private static string ArrayOf(string title, string properties, string more, string[] required) =>
        $"{{\"title\":\"{title}\",\"type\":\"array\",\"items\":{{\"title\":\"InfoItem\",\"type\":\"object\","
        + $"\"properties\":{{{properties}}},\"required\":[{more}{Quoted(required)},\"value\"]}}}}";

    private static string Value(string type, string value) =>
        $"\"{type}Value\":{{\"properties\":{{\"type\":{{\"type\":\"string\",{Names(type)}}},\"value\":{value}}},{Required("type", "value")}}}";

    private static string Range(string low, string high) => $"{{\"type\":\"integer\",\"minimum\":{low},\"maximum\":{high}}}";

    private static string Integer(string low) => $"{{\"type\":\"integer\",\"minimum\":{low}}}";

    private static string Type(string name) => $"{{\"type\":\"{name}\"}}";

    private static string Reference(string name) => $"{{\"$ref\":\"#/definitions/{name}\"}}";

    private static string References(params string[] names) =>
        string.Join(',', System.Array.ConvertAll(names, static name => $"\"{name}\":{Reference(name)}"));

    private static string Names(params string[] names) => $"\"enum\":[{Quoted(names)}]";

    private static string Required(params string[] names) => $"\"required\":[{Quoted(names)}]";

    private static string Quoted(string[] names) => $"\"{string.Join("\",\"", names)}\"";
}
