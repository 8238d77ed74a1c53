using System.Collections.Generic;

namespace Engine.Runtime.Tls;

/// <summary>A <c>crt-list</c> or a directory of certificates that bind lines use.</summary>
public sealed class ListFile(string path, bool isDirectory)
{
    public string Path { get; } = path;

    public bool IsDirectory { get; } = isDirectory;

    /// <summary>Lines of the file, the ones without a certificate included.</summary>
    public int LineCount { get; set; }

    public List<ListEntry> Entries { get; } = [];
}
