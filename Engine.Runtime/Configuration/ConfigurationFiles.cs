using System;
using System.Collections.Generic;
using System.IO;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>Finds and loads what <c>-f</c> names: files, and the <c>*.cfg</c> files of directories in C-locale order.</summary>
public static class ConfigurationFiles
{
    // A configuration larger than this is some other file.
    private const long SizeMax = 1L << 30;

    /// <summary>Loads them all. Stops at the first that cannot be read; messages go to the diagnostics.</summary>
    public static List<ConfigurationFile> Load(IReadOnlyList<string> names, Diagnostics diagnostics)
    {
        List<ConfigurationFile> files = [];
        foreach (string name in names)
        {
            bool loaded = Directory.Exists(name)
                ? LoadDirectory(name, files, diagnostics)
                : LoadFile(name, files, diagnostics);
            if (!loaded) break;
        }
        return files;
    }

    private static bool LoadDirectory(string directory, List<ConfigurationFile> files, Diagnostics diagnostics)
    {
        try
        {
            List<string> found = [];
            foreach (string path in Directory.EnumerateFiles(directory, "*.cfg"))
            {
                // Hidden files are leftovers of editors.
                if (!Path.GetFileName(path).StartsWith('.')) found.Add(path);
            }
            found.Sort(string.CompareOrdinal);
            foreach (string path in found)
            {
                if (!LoadFile(path, files, diagnostics)) return false;
            }
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            diagnostics.Alert($"Cannot open configuration directory {directory} : {Reason(failure)}");
            return false;
        }
    }

    private static bool LoadFile(string path, List<ConfigurationFile> files, Diagnostics diagnostics)
    {
        string name = ConfigurationText.FromSystem(path);
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            files.Add(new ConfigurationFile(name, ReadAll(stream)));
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            diagnostics.Alert($"Cannot open configuration file/directory {name} : {Reason(failure)}");
            return false;
        }
    }

    /// <summary>Pipes and devices have no length, so they are read to their end.</summary>
    private static byte[] ReadAll(FileStream stream)
    {
        byte[] buffer = new byte[stream.CanSeek ? stream.Length + 1 : 4096];
        int length = 0;
        while (true)
        {
            int read = stream.Read(buffer, length, buffer.Length - length);
            if (read <= 0) break;
            length += read;
            if (length > SizeMax) throw new IOException("File too large");
            if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
        }
        Array.Resize(ref buffer, length);
        return buffer;
    }

    private static string Reason(Exception failure) =>
        failure switch
        {
            FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
            UnauthorizedAccessException => "Permission denied",
            _ => failure.Message,
        };
}
