using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// What this process was started with, byte for byte: enough to start it again, whether as <c>sluice</c> or
/// as <c>dotnet sluice.dll</c>.
/// </summary>
public sealed class OwnImage
{
    /// <summary>
    /// Serves where the file itself was replaced since; the process would then be called "exe".
    /// </summary>
    private const string ExecutableLink = "/proc/self/exe";

    private OwnImage(byte[][] arguments, byte[][] environment)
    {
        Arguments = arguments;
        Environment = environment;
    }

    /// <summary>Path of the program to execute, terminated.</summary>
    public static byte[] Executable
    {
        get
        {
            string? path = System.Environment.ProcessPath;
            return NativeText.Terminated(path is not null && File.Exists(path) ? path : ExecutableLink);
        }
    }

    /// <summary>Arguments from 0 on, each terminated.</summary>
    public byte[][] Arguments { get; }

    /// <summary>NAME=value, each terminated, as they were at the start.</summary>
    public byte[][] Environment { get; }

    /// <summary>Reads them from the kernel.</summary>
    /// <exception cref="IOException">/proc is not mounted.</exception>
    public static OwnImage Read() =>
        new(Split(File.ReadAllBytes("/proc/self/cmdline")), Split(File.ReadAllBytes("/proc/self/environ")));

    /// <summary>Whether /proc is there to read.</summary>
    public static bool IsReadable => File.Exists(ExecutableLink);

    /// <summary>
    /// The environment with variables set, given as NAME=value, in place of those of the same names.
    /// </summary>
    public byte[][] EnvironmentWith(params ReadOnlySpan<string> variables)
    {
        List<byte[]> result = [];
        foreach (byte[] entry in Environment)
        {
            bool replaced = false;
            foreach (string variable in variables)
            {
                byte[] name = Encoding.UTF8.GetBytes(variable[..(variable.IndexOf('=') + 1)]);
                replaced |= entry.AsSpan().StartsWith(name);
            }
            if (!replaced) result.Add(entry);
        }
        foreach (string variable in variables) result.Add(Encoding.UTF8.GetBytes(variable + "\0"));
        return [.. result];
    }

    private static byte[][] Split(ReadOnlySpan<byte> block)
    {
        List<byte[]> parts = [];
        while (block.Length > 0)
        {
            int end = block.IndexOf((byte)0);
            int length = end < 0 ? block.Length : end;
            byte[] part = new byte[length + 1];
            block[..length].CopyTo(part);
            parts.Add(part);
            block = end < 0 ? default : block[(end + 1)..];
        }
        return [.. parts];
    }
}
