using System;
using System.Text;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Environment variables in addresses, where they also stand outside of quotes: <c>$NAME</c> and <c>${NAME}</c>
/// (manual section 2.3). An unset one is empty.
/// </summary>
internal static class ExpandVariables
{
    public static string Run(string text)
    {
        if (!text.Contains('$')) return text;
        StringBuilder expanded = new();
        int at = 0;
        while (at < text.Length)
        {
            int dollar = text.IndexOf('$', at);
            if (dollar < 0) break;
            expanded.Append(text, at, dollar - at);
            bool isBraced = dollar + 1 < text.Length && text[dollar + 1] == '{';
            int start = isBraced ? dollar + 2 : dollar + 1;
            int end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_')) end++;
            if (end > start)
            {
                string name = text[start..end];
                expanded.Append(ConfigurationText.FromSystem(Environment.GetEnvironmentVariable(name) ?? ""));
            }
            at = isBraced && end < text.Length && text[end] == '}' ? end + 1 : end;
        }
        return expanded.Append(text, at, text.Length - at).ToString();
    }
}
