using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Reads the managed heap's allocation counter of another process. The runtime loads this assembly into that
/// process as a start-up hook, where a thread answers each connection to a UNIX socket with the counter.
/// </summary>
public static class HeapProbe
{
    private const string PathVariable = "BENCH_HEAP_PROBE";
    private const int AnswerMs = 5_000;

    /// <summary>Variables that put the probe into a .NET program.</summary>
    public static Dictionary<string, string> Environment(string socket) => new()
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(HeapProbe).Assembly.Location,
        [PathVariable] = socket,
    };

    /// <summary>
    /// Bytes that the process has allocated since it started. Throws <see cref="SubjectException"/> when no
    /// probe answers: the program is no .NET program, or switched start-up hooks off.
    /// </summary>
    public static long Read(string socket)
    {
        try
        {
            using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            client.ReceiveTimeout = AnswerMs;
            client.Connect(new UnixDomainSocketEndPoint(socket));
            byte[] answer = new byte[sizeof(long)];
            using NetworkStream stream = new(client);
            stream.ReadExactly(answer);
            return BitConverter.ToInt64(answer);
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            throw new SubjectException($"the heap probe does not answer: {fault.Message}");
        }
    }

    /// <summary>The part that runs in the process under test. Does nothing without its variable.</summary>
    public static void Serve()
    {
        string? path = System.Environment.GetEnvironmentVariable(PathVariable);
        if (string.IsNullOrEmpty(path)) return;
        Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        new Thread(() => Answer(listener)) { IsBackground = true, Name = "heap probe" }.Start();
    }

    private static void Answer(Socket listener)
    {
        byte[] answer = new byte[sizeof(long)];
        while (true)
        {
            using Socket client = listener.Accept();

            // The precise count stops the threads for a moment; between two readings that does not matter.
            _ = BitConverter.TryWriteBytes(answer, GC.GetTotalAllocatedBytes(precise: true));
            _ = client.Send(answer);
        }
    }
}
