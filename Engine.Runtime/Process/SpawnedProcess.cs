using System;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// Starts a process as fork and exec would: it has our descriptors that are not close-on-exec (listening
/// sockets handed down by the parent among them), our directory and our limits. The runtime cannot fork.
/// </summary>
public static unsafe class SpawnedProcess
{
    private const short SetDefaults = 0x04;
    private const short SetMask = 0x08;
    private const short NewSession = 0x80;

    // posix_spawnattr_t is 336 bytes in glibc and musl, sigset_t 128.
    private const int AttributeBytes = 1024;
    private const int SetBytes = 128;

    /// <summary>Starts it; the process number, or a negated errno.</summary>
    /// <param name="path">Terminated.</param>
    /// <param name="arguments">From argument 0 on, each terminated.</param>
    /// <param name="environment">NAME=value, each terminated.</param>
    /// <param name="newSession">Away from our terminal and its signals.</param>
    public static int Start(
        ReadOnlySpan<byte> path, byte[][] arguments, byte[][] environment, bool newSession)
    {
        ulong* attributes = stackalloc ulong[AttributeBytes / sizeof(ulong)];
        ulong* set = stackalloc ulong[SetBytes / sizeof(ulong)];
        new Span<ulong>(set, SetBytes / sizeof(ulong)).Clear();
        if (ProcessCalls.InitializeSpawn(attributes) is not 0 and int failure) return -failure;
        // No signal blocked, and none with a disposition of ours.
        short flags = (short)(SetMask | SetDefaults | (newSession ? NewSession : 0));
        _ = ProcessCalls.SetSpawnMask(attributes, set);
        // All but SIGKILL, SIGSTOP and the two that the threads library keeps to itself.
        set[0] = ~((1ul << 8) | (1ul << 18) | (1ul << 31) | (1ul << 32));
        _ = ProcessCalls.SetSpawnDefaults(attributes, set);
        _ = ProcessCalls.SetSpawnFlags(attributes, flags);
        int process;
        int error;
        using (NativeTextList argumentList = new(arguments))
        using (NativeTextList environmentList = new(environment))
        {
            fixed (byte* file = path)
            {
                error = ProcessCalls.Spawn(
                    &process, file, null, attributes, argumentList.Pointers, environmentList.Pointers);
            }
        }
        _ = ProcessCalls.DestroySpawn(attributes);
        return error == 0 ? process : -error;
    }

    /// <summary>
    /// Waits for the end of a child: its exit code, or 128 and the number of the signal that ended it.
    /// </summary>
    public static int WaitForEnd(int process)
    {
        int status;
        while (ProcessCalls.WaitFor(process, &status, 0) < 0)
        {
            if (ProcessCalls.LastError != ErrorNumber.Interrupted) return 1;
        }
        int signal = status & 0x7F;
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal;
    }
}
