using Engine.Data.Configuration;

namespace Engine.Runtime.Admin;

/// <summary>The words of <c>severity-output</c>, the same on a <c>bind</c> line and in a command.</summary>
internal static class AdminSeverityWords
{
    public static bool TryRead(string word, out AdminSeverityOutput output)
    {
        output = word switch
        {
            "number" => AdminSeverityOutput.Number,
            "string" => AdminSeverityOutput.String,
            _ => AdminSeverityOutput.None,
        };
        return word is "none" or "number" or "string";
    }
}
