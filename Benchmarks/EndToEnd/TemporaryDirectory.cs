using System;
using System.IO;

namespace Benchmarks.EndToEnd;

/// <summary>
/// A directory that is deleted when disposed of and also when the process exits by a signal.
/// </summary>
public sealed class TemporaryDirectory : IDisposable
{
    private readonly EventHandler onExit;

    /// <param name="prefix">How its name begins.</param>
    public TemporaryDirectory(string prefix)
    {
        Path = Directory.CreateTempSubdirectory(prefix).FullName;
        onExit = (_, _) => Delete();
        AppDomain.CurrentDomain.ProcessExit += onExit;
    }

    public string Path { get; }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= onExit;
        Delete();
    }

    private void Delete()
    {
        try
        {
            if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A child that is just ending may still write; the system's own cleaning of /tmp takes what is
            // left.
        }
    }
}
