using System;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Systems.Http1;

/// <summary>
/// Gives a request another target. The new bytes stand in the scratch area, which lives as long as the head; parts
/// that are replaced may be what they are replaced with. False: they do not fit, or a byte cannot stand in a target.
/// </summary>
public static unsafe class EditTarget
{
    /// <summary>Replaces the path; the query stays.</summary>
    public static bool SetPath(MessageHead* head, ref Scratch scratch, ByteView path)
    {
        ByteView old = head->PathAndQuery;
        int question = old.Span.IndexOf((byte)'?');
        ByteView query = question < 0 ? default : old.Slice(question, old.Length - question);
        return Replace(head, ref scratch, path, default, query);
    }

    public static bool SetPathAndQuery(MessageHead* head, ref Scratch scratch, ByteView text) =>
        Replace(head, ref scratch, text, default, default);

    /// <summary>Replaces the query; the question mark stays before an empty one.</summary>
    public static bool SetQuery(MessageHead* head, ref Scratch scratch, ByteView query) =>
        Replace(head, ref scratch, head->Path, "?"u8, query);

    /// <summary>Replaces all of it. An authority in it becomes the Host, too.</summary>
    public static bool SetAll(MessageHead* head, ref Scratch scratch, ByteView text)
    {
        if (text.IsEmpty || !IsClean(text.Span) || !scratch.TryCopy(text.Span, out ByteView target)) return false;
        head->Target = target;
        head->Flags &= ~(HeadFlags.AbsoluteForm | HeadFlags.PlainStartLine);
        head->Authority = default;
        head->PathAndQuery = default;
        if (target.Start[0] is (byte)'/' or (byte)'*')
        {
            head->PathAndQuery = target;
            return true;
        }
        int scheme = target.Span.IndexOf("://"u8);
        if (scheme < 0) return true;
        ReadOnlySpan<byte> rest = target.Span[(scheme + 3)..];
        int length = rest.IndexOfAny((byte)'/', (byte)'?');
        if (length < 0) length = rest.Length;
        int path = scheme + 3 + length;
        head->Flags |= HeadFlags.AbsoluteForm;
        head->Authority = target.Slice(scheme + 3, length);
        head->PathAndQuery = path < target.Length ? target.Slice(path, target.Length - path) : default;
        int host = EditFields.Find(head, KnownHeader.Host);
        if (host >= 0 && !head->Authority.IsEmpty) EditFields.SetValue(head, host, head->Authority);
        return true;
    }

    /// <summary>
    /// Gives a target that names its authority the one that the Host says now (RFC 9112 section 3.2.2: they agree). Others
    /// stay, as they do when it says nothing, or what cannot stand in a target.
    /// </summary>
    public static bool SetAuthority(MessageHead* head, ref Scratch scratch, ByteView authority)
    {
        bool isConnect = head->Method == Method.Connect;
        if (!isConnect && (head->Flags & HeadFlags.AbsoluteForm) == 0) return true;
        if (authority.IsEmpty || !IsClean(authority.Span) || authority.Span.IndexOfAny("/?#"u8) >= 0) return true;
        int before = isConnect ? 0 : head->Target.Span.IndexOf("://"u8) + "://".Length;
        ByteView path = head->PathAndQuery;
        bool hasPath = path.Start >= head->Target.Start && path.Start < head->Target.Start + head->Target.Length;
        int behind = before + authority.Length;
        int length = behind + (hasPath ? path.Length : 0);
        Span<byte> free = scratch.Free;
        if (length > free.Length) return false;
        head->Target.Span[..before].CopyTo(free);
        authority.Span.CopyTo(free[before..]);
        if (hasPath) path.Span.CopyTo(free[behind..]);
        head->Target = scratch.Commit(length);
        head->Authority = head->Target.Slice(before, authority.Length);
        if (hasPath) head->PathAndQuery = head->Target.Slice(behind, path.Length);
        head->Flags &= ~HeadFlags.PlainStartLine;
        return true;
    }

    /// <summary>What stands before the path, then the pieces.</summary>
    private static bool Replace(
        MessageHead* head, ref Scratch scratch, ByteView first, ReadOnlySpan<byte> between, ByteView last)
    {
        // CONNECT has no path.
        if (head->PathAndQuery.IsEmpty) return true;
        if (!IsClean(first.Span) || !IsClean(last.Span)) return false;
        long before = head->PathAndQuery.Start - head->Target.Start;
        bool isInside = before >= 0 && before + head->PathAndQuery.Length <= head->Target.Length;
        int kept = isInside ? (int)before : head->Target.Length;
        int length = kept + first.Length + between.Length + last.Length;
        Span<byte> free = scratch.Free;
        if (length > free.Length || length == 0) return false;
        head->Target.Span[..kept].CopyTo(free);
        first.Span.CopyTo(free[kept..]);
        between.CopyTo(free[(kept + first.Length)..]);
        last.Span.CopyTo(free[(kept + first.Length + between.Length)..]);
        head->Target = scratch.Commit(length);
        head->PathAndQuery = head->Target.Slice(kept, length - kept);
        if (kept > 0 && !head->Authority.IsEmpty)
        {
            // The authority ends where the path begins.
            int authority = Math.Min(head->Authority.Length, kept);
            head->Authority = head->Target.Slice(kept - authority, authority);
        }
        head->Flags &= ~HeadFlags.PlainStartLine;
        return true;
    }

    /// <summary>Blanks and line ends would end the target, and let a request be smuggled in.</summary>
    private static bool IsClean(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange((byte)0, (byte)' ') < 0;
}
