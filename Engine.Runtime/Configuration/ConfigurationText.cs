using System.Text;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Between words of the configuration, whose chars are bytes, and strings as the system's interfaces take them
/// (UTF-8 bytes decoded).
/// </summary>
public static class ConfigurationText
{
    /// <summary>A path or name for the system. Plain ASCII is answered as it is.</summary>
    public static string ToSystem(string word) =>
        Ascii.IsValid(word) ? word : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(word));

    /// <summary>A path or name of the system as a word.</summary>
    public static string FromSystem(string text) =>
        Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
