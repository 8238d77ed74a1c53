using System;
using System.Runtime.InteropServices;
using Engine.Data.Kernel;
using Engine.Data.Worlds;

namespace Engine.Runtime.Kernel.Native;

/// <summary>Asks the system about sockets (tcp(7)).</summary>
internal static unsafe class AnswerSocketQuestions
{
    /// <summary>In memory that does not move.</summary>
    private static readonly SocketQuestions* Functions = Make();

    public static void Prepare(World world) => world.Socket = Functions;

    private static SocketQuestions* Make()
    {
        SocketQuestions* functions = (SocketQuestions*)NativeMemory.Alloc((nuint)sizeof(SocketQuestions));
        *functions = new SocketQuestions
        {
            TcpMeasures = &TcpMeasuresOf,
            SavedSyn = &SavedSynOf,
            SendRoom = &SendRoomOf,
        };
        return functions;
    }

    private static bool TcpMeasuresOf(int fd, ref TcpMeasures info)
    {
        uint length = TcpMeasures.Bytes;
        fixed (TcpMeasures* place = &info)
            return Libc.GetSocketOption(fd, Linux.LevelTcp, Linux.TcpInformation, place, &length) == 0;
    }

    /// <summary>The limit less what is queued: of TCP sockets, and what is on its way in those of the machine.</summary>
    private static int SendRoomOf(int fd)
    {
        const int allocated = 2, limit = 3, queued = 5, count = 6; // SK_MEMINFO_WMEM_ALLOC, _SNDBUF, _WMEM_QUEUED
        int* values = stackalloc int[count];
        uint length = count * sizeof(int);
        if (Libc.GetSocketOption(fd, Linux.LevelSocket, Linux.SocketMemory, values, &length) != 0) return -1;
        // What a byte takes is more than a byte: up to 1.41 were seen on loopback.
        return Math.Max(values[limit] - Math.Max(values[allocated], values[queued]), 0) / 3 * 2;
    }

    private static int SavedSynOf(int fd, byte* place, int size)
    {
        uint length = (uint)size;
        return Libc.GetSocketOption(fd, Linux.LevelTcp, Linux.TcpSavedSyn, place, &length) == 0 ? (int)length : 0;
    }
}
