using System.IO;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.EndToEnd;

/// <summary>Speaks to a statistics socket, a connection for each line.</summary>
internal sealed class AdminClient(string path)
{
    /// <summary>The whole answer to a line of commands.</summary>
    public string Say(string line)
    {
        using NetworkStream stream = Open(line);
        using StreamReader reader = new(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    /// <summary>Reads an answer to its end and keeps nothing of it. Returns its length, bytes.</summary>
    public long Read(string line)
    {
        using NetworkStream stream = Open(line);
        return Drain(stream);
    }

    /// <summary>Reads a stream to its end. Returns how many bytes there were.</summary>
    public static long Drain(NetworkStream stream)
    {
        byte[] buffer = new byte[1 << 18];
        long total = 0;
        for (int count; (count = stream.Read(buffer)) > 0;) total += count;
        return total;
    }

    private NetworkStream Open(string line)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        socket.Send(Encoding.ASCII.GetBytes(line + "\n"));
        return new NetworkStream(socket, ownsSocket: true);
    }
}
