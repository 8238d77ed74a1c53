using System;
using System.Threading;

namespace Engine.Data.Shared;

/// <summary>The last bad request and the last bad response of every proxy.</summary>
/// <param name="proxies">Proxies of the configuration.</param>
public sealed class MessageCaptures(int proxies)
{
    private readonly MessageCapture[] requests = Make(proxies);
    private readonly MessageCapture[] responses = Make(proxies);
    private long count;

    /// <summary>Captured since the start.</summary>
    public long Count => Volatile.Read(ref count);

    public MessageCapture Request(int proxy) => requests[proxy];

    public MessageCapture Response(int proxy) => responses[proxy];

    /// <summary>The number of the next capture.</summary>
    public long Next() => Interlocked.Increment(ref count) - 1;

    private static MessageCapture[] Make(int count)
    {
        MessageCapture[] made = new MessageCapture[count];
        for (int i = 0; i < count; i++) made[i] = new MessageCapture();
        return made;
    }
}
