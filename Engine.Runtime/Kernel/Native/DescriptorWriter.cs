using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// Writes to a descriptor that may block (a log to stdout) without waiting: it asks poll before each piece,
/// and a piece is small enough that a writable pipe takes it whole (PIPE_BUF, pipe(7)).
/// </summary>
internal static unsafe class DescriptorWriter
{
    private const nuint PieceMax = 4096;

    /// <summary>Returns the bytes written; the rest is dropped.</summary>
    public static int Run(int fd, byte* data, uint length)
    {
        uint written = 0;
        bool socket = true;
        while (written < length)
        {
            nuint rest = length - written;
            int result;
            if (socket)
            {
                result = Sockets.Send(fd, data + written, rest, false);
                if (result == -Errno.NotSocket)
                {
                    socket = false;
                    continue;
                }
            }
            else
            {
                PollEntry entry = new() { Fd = fd, Events = (short)Linux.ReadyOut };
                if (Libc.Poll(&entry, 1, 0) <= 0 || (entry.Reported & (short)Linux.ReadyOut) == 0) break;
                result = Libc.Value(Libc.Write(fd, data + written, rest < PieceMax ? rest : PieceMax));
            }
            if (result <= 0) break;
            written += (uint)result;
        }
        return (int)written;
    }
}
