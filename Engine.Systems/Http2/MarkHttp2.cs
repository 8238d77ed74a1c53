using System;
using Engine.Data.Messages;

namespace Engine.Systems.Http2;

/// <summary>A head that came over HTTP/2 says so, to rules and in the log.</summary>
internal static unsafe class MarkHttp2
{
    public static void Run(MessageHead* head)
    {
        head->Version = HttpVersion.Http2;
        if ((head->Flags & HeadFlags.AbsoluteForm) != 0) head->Flags |= HeadFlags.WritePathOnly;
        ReadOnlySpan<byte> version = "2.0"u8;
        ByteView line = head->StartLine;
        version.CopyTo(new Span<byte>(line.Start + line.Length - version.Length, version.Length));
    }
}
