using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Http1;
using Engine.Systems.Queue;

namespace Engine.Systems.Persist;

/// <summary>
/// Reads from the client's cookies which server is its own, the first that names one that may be used, and takes out of
/// the request what servers are not to see: the cookie (<c>insert indirect</c>) or the server's name in front of its
/// value (<c>prefix</c>). Manual section 4.2.
/// </summary>
public static unsafe class ReadRequestCookie
{
    /// <summary>False when there is no room to write the request's cookies anew.</summary>
    public static bool Run(World world, uint row, ref Stream stream, ref Evaluation scope, CookieSettings settings)
    {
        ref Persistence found = ref world.Persistence[row];
        if ((stream.Flags & StreamFlags.HasPersistence) == 0) ServerRules.Begin(ref found, ref stream);
        MessageHead* head = stream.Head;
        for (int i = EditFields.Find(head, KnownHeader.Cookie); i >= 0; i = EditFields.Find(head, KnownHeader.Cookie, i + 1))
        {
            HeaderField* field = MessageHead.FieldArray(head) + i;
            ByteView line = new(field->Value, field->ValueLength);
            int offset = 0;
            while (offset < line.Length)
            {
                if (!CookiePairs.Take(line, ref offset, out ByteView name, out ByteView value)
                    || !name.Span.SequenceEqual(settings.NameBytes.Span))
                {
                    continue;
                }
                int server = Separator(settings, value);
                Decide(world, ref stream, ref found, settings, scope.Backend!, value, server, scope.WallMicroseconds);
                const CookieModes hidden = CookieModes.Insert | CookieModes.Indirect;
                ByteView left;
                if ((settings.Modes & hidden) == hidden)
                {
                    if (!CutPair(ref scope.Scratch, line, name, ref offset, out left)) return false;
                }
                else if (settings.Has(CookieModes.Prefix) && server < value.Length)
                {
                    int valueAt = (int)(value.Start - line.Start);
                    if (!Cut(ref scope.Scratch, line, valueAt, valueAt + server + 1, out left)) return false;
                    offset -= server + 1;
                }
                else
                {
                    continue;
                }
                line = left;
                if (line.IsEmpty) EditFields.RemoveAt(head, i);
                else EditFields.SetValue(head, i, line);
            }
        }
        return true;
    }

    /// <summary>Length of the server's name in a cookie's value: what follows is not its own.</summary>
    private static int Separator(CookieSettings settings, ByteView value)
    {
        int at = value.Span.IndexOf(settings.Has(CookieModes.Prefix) ? (byte)'~' : (byte)'|');
        return at < 0 ? value.Length : at;
    }

    private static void Decide(
        World world, ref Stream stream, ref Persistence found, CookieSettings settings, Proxy backend, ByteView value,
        int serverLength, long wallMicroseconds)
    {
        if (serverLength < value.Length && !settings.Has(CookieModes.Prefix))
            ReadDates(value.Span[(serverLength + 1)..], ref found);
        uint now = (uint)(wallMicroseconds / 1_000_000);
        bool isOld = IsOver(settings.LifeMaxSeconds, found.FirstSeconds, now);
        if (isOld || IsOver(settings.IdleMaxSeconds, found.LastSeconds, now))
        {
            found.RequestState = isOld ? (byte)'O' : (byte)'E';
            found.FirstSeconds = 0;
            found.LastSeconds = 0;
            return;
        }
        // Rules have decided, or a cookie before it.
        bool isIdle = (stream.Flags & StreamFlags.Direct) != 0 || (found.Override & PersistenceOverride.Ignored) != 0;
        bool isKnown = false;
        int server = isIdle
            ? -1
            : FindCookieServer.Run(world, backend, value.Span[..serverLength], found.Override, out isKnown);
        bool works = server >= 0 && ServerSlots.IsRunning(world.Shared.Server(server)); // else option persist names it
        if (works) found.RequestState = (byte)'V';
        else if (isKnown) found.RequestState = (byte)'D';
        else if (found.RequestState == (byte)'N') found.RequestState = isIdle ? (byte)'U' : (byte)'I';
        if (server < 0) return;
        found.Server = server;
        stream.Flags |= StreamFlags.Direct;
    }

    /// <summary><c>last</c> or <c>last|first</c>.</summary>
    private static void ReadDates(ReadOnlySpan<byte> text, ref Persistence found)
    {
        int bar = text.IndexOf((byte)'|');
        found.LastSeconds = CookieDate.Read(bar < 0 ? text : text[..bar]);
        if (bar >= 0) found.FirstSeconds = CookieDate.Read(text[(bar + 1)..]);
    }

    /// <summary>Too long ago, or more than a day ahead: clocks may differ by their time zone.</summary>
    private static bool IsOver(uint maxSeconds, uint since, uint now)
    {
        const uint daySeconds = 86400;
        if (maxSeconds == 0 || since == 0) return false;
        return now > since ? now - since > maxSeconds : since - now > daySeconds;
    }

    /// <summary>
    /// The line without a pair and the delimiter before it. The one behind it stays, with a blank after it: what is
    /// left of the others' cookies looks as HAProxy leaves it.
    /// </summary>
    /// <param name="scratch">Room for the line.</param>
    /// <param name="line">The field's value.</param>
    /// <param name="name">Name of the pair, within the line.</param>
    /// <param name="offset">Behind the pair's delimiter; then where the next pair is looked for.</param>
    /// <param name="left">What is left.</param>
    private static bool CutPair(ref Scratch scratch, ByteView line, ByteView name, ref int offset, out ByteView left)
    {
        left = default;
        ReadOnlySpan<byte> text = line.Span;
        Span<byte> to = scratch.Free;
        if (to.Length <= text.Length) return false;
        int before = Before(text, (int)(name.Start - line.Start)) - 1; // the delimiter
        int length = before > 0 ? Before(text, before) : 0;
        text[..length].CopyTo(to);
        bool isLast = offset > text.Length;
        int rest = Math.Min(offset, text.Length);
        while (rest < text.Length && text[rest] is (byte)' ' or (byte)'\t') rest++;
        if (length > 0 && !isLast) to[length++] = text[offset - 1];
        offset = length;
        if (length > 0 && rest < text.Length) to[length++] = (byte)' ';
        text[rest..].CopyTo(to[length..]);
        left = scratch.Commit(length + text.Length - rest);
        return true;
    }

    /// <summary>Where the blanks begin that stand before a place.</summary>
    private static int Before(ReadOnlySpan<byte> text, int place)
    {
        while (place > 0 && text[place - 1] is (byte)' ' or (byte)'\t') place--;
        return place;
    }

    /// <summary>The line without some of its bytes, and without a delimiter that nothing follows any more.</summary>
    private static bool Cut(ref Scratch scratch, ByteView line, int from, int end, out ByteView left)
    {
        left = default;
        ReadOnlySpan<byte> text = line.Span;
        Span<byte> to = scratch.Free;
        while (end < text.Length && text[end] is (byte)' ' or (byte)'\t') end++;
        end = Math.Min(end, text.Length);
        if (to.Length < text.Length) return false;
        if (from > 0 && end < text.Length && text[from] is (byte)' ' or (byte)'\t') from++; // the blank stays
        text[..from].CopyTo(to);
        text[end..].CopyTo(to[from..]);
        int length = from + text.Length - end;
        if (end == text.Length)
        {
            while (length > 0 && to[length - 1] is (byte)' ' or (byte)'\t' or (byte)';' or (byte)',') length--;
        }
        left = scratch.Commit(length);
        return true;
    }
}
