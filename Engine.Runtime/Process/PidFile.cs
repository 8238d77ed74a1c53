using System;
using System.Globalization;
using System.Text;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// <c>-p</c> and <c>pidfile</c>: the daemon's number on a line. Opened early, because a chroot or lesser
/// privileges may hide the place; written when everything else has worked; left there at the end, as the
/// reference leaves it.
/// </summary>
public sealed unsafe class PidFile
{
    // O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    private const int OpenFlags = 0x1 | 0x40 | 0x200 | 0x8_0000;
    private const uint Mode = 0x1A4; // 0644

    private int fd;

    private PidFile(int fd) => this.fd = fd;

    /// <summary>Opens and empties it; null when the place does not allow it.</summary>
    /// <param name="alert">The text of the ALERT; empty when it was opened.</param>
    public static PidFile? Open(string path, out string alert)
    {
        int fd;
        fixed (byte* text = NativeText.Terminated(path)) fd = ProcessCalls.Open(text, OpenFlags, Mode);
        alert = fd >= 0 ? "" : $"[haproxy.main()] Cannot create pidfile {path}";
        return fd >= 0 ? new PidFile(fd) : null;
    }

    /// <summary>Writes the number and closes the file.</summary>
    public void Write(int process)
    {
        byte[] line = Encoding.ASCII.GetBytes(process.ToString(CultureInfo.InvariantCulture) + "\n");
        fixed (byte* data = line) _ = ProcessCalls.Write(fd, data, (nuint)line.Length);
        _ = ProcessCalls.Close(fd);
        fd = -1;
    }
}
