using System.Runtime.InteropServices;

namespace Tests.EndToEnd.Harness;

/// <summary>The few calls of the C library that .NET has no word for.</summary>
public static partial class LibC
{
    public const int SigHup = 1;
    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;
    public const int SigUsr1 = 10;
    public const int SigUsr2 = 12;
    public const int SigTerm = 15;
    public const int SigCont = 18;
    public const int SigStop = 19;
    public const int SigTtin = 21;
    public const int SigTtou = 22;

    public const int SolSocket = 1;
    public const int SoReusePort = 15;

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int pid, int signal);
}
