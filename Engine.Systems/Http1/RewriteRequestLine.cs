using System;
using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>
/// Writes a request line in place as it is to be logged and passed on: single blanks, an absolute target
/// without its default port and with a path. It never grows by more than the one byte that its line end
/// leaves free.
/// </summary>
internal static unsafe class RewriteRequestLine
{
    public static void Run(MessageHead* head)
    {
        byte* lineEnd = head->StartLine.Start + head->StartLine.Length;
        byte* targetEnd = head->Target.Start + head->Target.Length;
        byte* version = lineEnd;
        while (version > targetEnd && version[-1] is not ((byte)' ' or (byte)'\t')) version--;
        int versionLength = (int)(lineEnd - version);
        byte* saved = stackalloc byte[ReadVersion.LengthMax];
        Buffer.MemoryCopy(version, saved, ReadVersion.LengthMax, versionLength);

        byte* to = head->MethodName.Start + head->MethodName.Length;
        *to++ = (byte)' ';
        byte* target = to;
        if ((head->Flags & HeadFlags.AbsoluteForm) != 0) to = MoveAbsolute(head, targetEnd, to);
        else
        {
            long moved = head->Target.Start - to;
            to = Move(head->Target.Start, targetEnd, to);
            if (!head->PathAndQuery.IsEmpty) head->PathAndQuery = Shifted(head->PathAndQuery, moved);
            if (!head->Authority.IsEmpty) head->Authority = Shifted(head->Authority, moved);
        }
        head->Target = new ByteView(target, (int)(to - target));
        *to++ = (byte)' ';
        to = Move(saved, saved + versionLength, to);
        head->StartLine = new ByteView(head->StartLine.Start, (int)(to - head->StartLine.Start));
        if (ReadVersion.IsSpelled(new ReadOnlySpan<byte>(saved, versionLength), head->Version))
        {
            head->Flags |= HeadFlags.PlainStartLine;
        }
    }

    private static byte* MoveAbsolute(MessageHead* head, byte* targetEnd, byte* to)
    {
        byte* authority = head->Authority.Start;
        byte* authorityEnd = authority + head->Authority.Length;
        bool hasPath = head->PathAndQuery.Start > authority && head->PathAndQuery.Start < targetEnd;
        byte* path = hasPath ? head->PathAndQuery.Start : targetEnd;
        long moved = head->Target.Start - to;
        to = Move(head->Target.Start, authorityEnd, to);
        head->Authority = Shifted(head->Authority, moved);
        if (hasPath)
        {
            head->PathAndQuery = new ByteView(to, (int)(targetEnd - path));
            to = Move(path, targetEnd, to);
        }
        else if (head->Method != Method.Options)
        {
            head->PathAndQuery = new ByteView(to, 1);
            *to++ = (byte)'/';
        }
        return to;
    }

    // Forwards only to the left, so that nothing is overwritten before it was read.
    private static byte* Move(byte* from, byte* end, byte* to)
    {
        long length = end - from;
        Buffer.MemoryCopy(from, to, length, length);
        return to + length;
    }

    private static ByteView Shifted(ByteView view, long left) => new(view.Start - left, view.Length);
}
