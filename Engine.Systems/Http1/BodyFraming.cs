using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>
/// How long the body behind a head is (RFC 9112 section 6.3). One decision, made once from the index; where
/// no body can be, what announces one is taken off the head so that nobody behind us waits for it (THREATS.md
/// A30).
/// </summary>
public static unsafe class BodyFraming
{
    /// <summary>
    /// A request without a length has no body. CONNECT: none either; the tunnel begins with its answer.
    /// </summary>
    public static BodyState OfRequest(MessageHead* head)
    {
        if ((head->Flags & HeadFlags.Chunked) != 0) return new BodyState { Kind = BodyKind.Chunked };
        return (head->Flags & HeadFlags.HasContentLength) != 0 ? OfLength(head->ContentLength) : Nothing;
    }

    /// <summary>
    /// For a 101 the caller must have asked for an upgrade: it answers 502 otherwise. An interim answer (1xx)
    /// has no body and the final one follows.
    /// </summary>
    public static BodyState OfResponse(MessageHead* head, Method requestMethod)
    {
        bool opensTunnel =
            head->Status == 101 || (requestMethod == Method.Connect && head->Status is >= 200 and < 300);
        if (opensTunnel || head->Status is < 200 or 204)
        {
            RemoveLengths(head, closes: !opensTunnel);
            return opensTunnel ? new BodyState { Kind = BodyKind.Tunnel } : Nothing;
        }
        // A HEAD or 304 answer tells the length of what it would have sent.
        if (requestMethod == Method.Head || head->Status == 304) return Nothing;
        if ((head->Flags & HeadFlags.Chunked) != 0) return new BodyState { Kind = BodyKind.Chunked };
        return (head->Flags & HeadFlags.HasContentLength) != 0
            ? OfLength(head->ContentLength)
            : new BodyState { Kind = BodyKind.UntilClose };
    }

    private static BodyState Nothing => new() { Kind = BodyKind.None, Done = true };

    private static BodyState OfLength(ulong length) =>
        length == 0 ? Nothing : new BodyState { Kind = BodyKind.Length, Remaining = length };

    private static void RemoveLengths(MessageHead* head, bool closes)
    {
        if ((head->Flags & (HeadFlags.HasContentLength | HeadFlags.HasTransferEncoding)) == 0) return;
        bool announced = head->ContentLength != 0 || (head->Flags & HeadFlags.HasTransferEncoding) != 0;
        // The server may send what it announced: nothing else can be read from that connection.
        if (announced && closes) head->Flags |= HeadFlags.CloseAfter;
        head->Flags &= ~(HeadFlags.HasContentLength | HeadFlags.HasTransferEncoding | HeadFlags.Chunked);
        EditFields.Remove(head, KnownHeader.ContentLength);
        EditFields.Remove(head, KnownHeader.TransferEncoding);
    }
}
