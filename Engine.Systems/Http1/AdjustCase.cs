using System;
using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>Gives the names of a written head the case that <c>h1-case-adjust</c> asks for (manual section 3.1).</summary>
public static class AdjustCase
{
    /// <summary>The same of a head that must not be changed: a copy, or the head where there is no room for one.</summary>
    public static unsafe ByteView Copy(FieldCases cases, ByteView head, Span<byte> space)
    {
        if (head.Length > space.Length) return head;
        head.Span.CopyTo(space);
        Run(cases, space[..head.Length]);
        fixed (byte* start = space) return new ByteView(start, head.Length); // native memory, which does not move
    }

    /// <param name="cases">The names.</param>
    /// <param name="head">Start line and lines of fields; its length stays.</param>
    public static void Run(FieldCases cases, Span<byte> head)
    {
        int end = head.IndexOf((byte)'\n');
        while (end >= 0)
        {
            head = head[(end + 1)..];
            end = head.IndexOf((byte)'\n');
            int colon = head.IndexOf((byte)':');
            if (colon > 0 && colon < end) cases.Adjust(head[..colon]);
        }
    }
}
