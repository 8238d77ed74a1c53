using System;
using System.Threading;

namespace Engine.Data.Shared;

/// <summary>The last bad request and the last bad response of every proxy.</summary>
/// <param name="proxies">Proxies of the configuration.</param>
public sealed class MessageCaptures(int proxies, int rows)
{
    private readonly MessageCapture[] requests = Make(proxies, rows);
    private readonly MessageCapture[] responses = Make(proxies, rows);
    private long count;

    /// <summary>Captured since the start.</summary>
    public long Count => Volatile.Read(ref count);

    public MessageCapture Request(int proxy) => requests[proxy];

    public MessageCapture Response(int proxy) => responses[proxy];

    /// <summary>The number of the next capture.</summary>
    public long Next() => Interlocked.Increment(ref count) - 1;

    /// <summary>Room for a proxy that comes while the process runs, before anybody may count it.</summary>
    public void Prepare(int proxy)
    {
        requests[proxy] = new MessageCapture();
        responses[proxy] = new MessageCapture();
    }

    private static MessageCapture[] Make(int count, int rows)
    {
        MessageCapture[] made = new MessageCapture[rows];
        for (int i = 0; i < count; i++) made[i] = new MessageCapture();
        return made;
    }
}
