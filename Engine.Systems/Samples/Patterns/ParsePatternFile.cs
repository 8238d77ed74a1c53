using System;
using System.IO;

namespace Engine.Systems.Samples.Patterns;

/// <summary>The bytes of a file of patterns or of a map, as lines of the configuration name it.</summary>
internal static class ParsePatternFile
{
    /// <summary>
    /// <c>virt@</c> names no file, <c>opt@</c> one that may be missing, <c>file@</c> any. False with the reason.
    /// </summary>
    public static bool TryRead(string name, out byte[] content, out string error)
    {
        content = [];
        error = "";
        if (name.StartsWith("virt@", StringComparison.Ordinal)) return true;
        bool isOptional = name.StartsWith("opt@", StringComparison.Ordinal);
        string path = isOptional ? name[4..] : name.StartsWith("file@", StringComparison.Ordinal) ? name[5..] : name;
        if (Directory.Exists(path))
        {
            error = $"error encountered while reading  <{name}> : Is a directory";
            return false;
        }
        try
        {
            if (isOptional && !File.Exists(path)) return true;
            content = File.ReadAllBytes(path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            error = $"failed to open pattern file <{name}>";
            return false;
        }
    }
}
