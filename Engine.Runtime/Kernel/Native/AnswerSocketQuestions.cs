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
        *functions = new SocketQuestions { TcpMeasures = &TcpMeasuresOf, SavedSyn = &SavedSynOf };
        return functions;
    }

    private static bool TcpMeasuresOf(int fd, ref TcpMeasures info)
    {
        uint length = TcpMeasures.Bytes;
        fixed (TcpMeasures* place = &info)
            return Libc.GetSocketOption(fd, Linux.LevelTcp, Linux.TcpInformation, place, &length) == 0;
    }

    private static int SavedSynOf(int fd, byte* place, int size)
    {
        uint length = (uint)size;
        return Libc.GetSocketOption(fd, Linux.LevelTcp, Linux.TcpSavedSyn, place, &length) == 0 ? (int)length : 0;
    }
}
