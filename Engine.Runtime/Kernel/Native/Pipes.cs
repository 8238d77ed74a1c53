using System;
using Engine.Data.Kernel;
using Engine.Data.Tables;

namespace Engine.Runtime.Kernel.Native;

/// <summary>The pipes behind the numbers that the systems use: made when first used, kept until the back end ends.</summary>
internal sealed unsafe class Pipes : IDisposable
{
    /// <summary>
    /// Room in a pipe, bytes: <c>tune.pipesize</c>, set once at start, or what an unprivileged process may have
    /// (/proc/sys/fs/pipe-max-size).
    /// </summary>
    public static int Capacity { get; set; } = 1 << 20;

    private NativeList<Ends> pipes;

    /// <summary>Moves bytes from a socket that does not block into an empty pipe. Count, 0 at the end, or a negated errno.</summary>
    public int Fill(int number, int socket, uint length)
    {
        int made = TryMake(number);
        if (made < 0) return made;
        return Libc.Value(Libc.Splice(socket, null, pipes[number].Write, null, length, Linux.SpliceNow));
    }

    /// <summary>Moves bytes from a pipe into a socket that does not block.</summary>
    public int Drain(int number, int socket, uint length) =>
        Libc.Value(Libc.Splice(pipes[number].Read, null, socket, null, length, Linux.SpliceNow));

    /// <summary>A pipe with something in it is closed: another takes its number when that is used again.</summary>
    public void Empty(int number)
    {
        if (number >= pipes.Count || !pipes[number].IsOpen) return;
        Sockets.Close(pipes[number].Read);
        Sockets.Close(pipes[number].Write);
        pipes[number] = default;
    }

    public void Dispose()
    {
        for (int i = 0; i < pipes.Count; i++) Empty(i);
        pipes.Dispose();
    }

    private int TryMake(int number)
    {
        while (pipes.Count <= number) pipes.Add(default);
        if (pipes[number].IsOpen) return 0;
        int* both = stackalloc int[2];
        int result = Libc.Value(Libc.Pipe(both, Linux.StatusNonBlocking | Linux.CloseOnExec));
        if (result < 0) return result;
        // Refused above the user's share of pipe memory: the usual 64 KiB do too.
        _ = Libc.Control(both[0], Linux.SetPipeSize, Capacity);
        pipes[number] = new Ends { Read = both[0], Write = both[1], IsOpen = true };
        return 0;
    }

    private struct Ends
    {
        public int Read;
        public int Write;
        public bool IsOpen;
    }
}
