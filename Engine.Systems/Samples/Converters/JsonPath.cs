using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Engine.Data.Messages;

namespace Engine.Systems.Samples.Converters;

/// <summary>A path into a JSON text: <c>$.a[0].b</c>; a backslash takes its meaning from a dot in a name.</summary>
internal sealed class JsonPath
{
    private JsonPath(JsonStep[] steps) => Steps = steps;

    public JsonStep[] Steps { get; }

    /// <summary>Null when the text is no such path: then nothing is ever found.</summary>
    public static JsonPath? Parse(string text)
    {
        if (!text.StartsWith('$')) return null;
        List<JsonStep> steps = [];
        int at = 1;
        while (at < text.Length)
        {
            if (text[at] == '[')
            {
                int end = text.IndexOf(']', at);
                string digits = end < 0 ? text[(at + 1)..] : text[(at + 1)..end];
                if (digits.Length == 0) digits = "0";
                if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int index)) return null;
                steps.Add(new JsonStep(default, index));
                at = end < 0 ? text.Length : end + 1;
                continue;
            }
            if (text[at] != '.') return null;
            StringBuilder name = new();
            for (at++; at < text.Length && text[at] is not ('.' or '['); at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length) at++;
                name.Append(text[at]);
            }
            steps.Add(new JsonStep(ByteView.Literal(name.ToString()), -1));
        }
        return new JsonPath([.. steps]);
    }
}
