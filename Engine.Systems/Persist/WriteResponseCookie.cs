using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Http1;

namespace Engine.Systems.Persist;

/// <summary>
/// The answer's side of cookie persistence: what the server set itself is left, removed or rewritten, and a cookie that
/// names the server is added where the client has none that does (manual section 4.2, <c>cookie</c>).
/// </summary>
public static unsafe class WriteResponseCookie
{
    private static readonly ByteView SetCookie = ByteView.Literal("set-cookie");
    private static readonly ByteView CacheControl = ByteView.Literal("cache-control");
    private static readonly ByteView Private = ByteView.Literal("private");

    /// <summary>False when the head has no room for it.</summary>
    public static bool Run(World world, uint row, ref Stream stream, ref Evaluation scope, CookieSettings settings)
    {
        ref Persistence known = ref world.Persistence[row];
        ByteView own = scope.Server!.Cookie;
        if (!TreatTheirs(in stream, ref known, ref scope.Scratch, settings, own, out bool found)) return false;
        uint now = (uint)(scope.WallMicroseconds / 1_000_000);
        if (found && settings.Has(CookieModes.Preserve)) return true;
        if ((known.Override & PersistenceOverride.Ignored) != 0) return true;
        if (!settings.Has(CookieModes.Insert) || !IsDue(stream, known, settings, now)) return true;
        if (settings.Has(CookieModes.PostOnly) && stream.Method != Method.Post) return true;
        if (!Write(ref scope.Scratch, known, settings, own, now, out ByteView value)) return false;
        if (!EditFields.Add(stream.Head, SetCookie, value)) return false;
        known.ResponseState = (stream.Flags & StreamFlags.Direct) != 0 ? (byte)'U' : (byte)'I';
        if (!settings.Has(CookieModes.NoCache) || !MayBeCached.Run(stream.Method, stream.Head)) return true;
        return EditFields.Add(stream.Head, CacheControl, Private);
    }

    private static bool TreatTheirs(
        in Stream stream, ref Persistence known, ref Scratch scratch, CookieSettings settings, ByteView own, out bool found)
    {
        found = false;
        MessageHead* head = stream.Head;
        // With indirect alone, of a client that named its server: that one is not to change it.
        bool isHidden = settings.Has(CookieModes.Insert)
            || (settings.Has(CookieModes.Indirect) && (stream.Flags & StreamFlags.Direct) != 0);
        for (int i = EditFields.Find(head, KnownHeader.SetCookie); i >= 0;
             i = EditFields.Find(head, KnownHeader.SetCookie, i + 1))
        {
            HeaderField* field = MessageHead.FieldArray(head) + i;
            ByteView line = new(field->Value, field->ValueLength);
            int offset = 0;
            bool isPair = CookiePairs.Take(line, ref offset, out ByteView name, out ByteView value);
            if (!isPair || !name.Span.SequenceEqual(settings.NameBytes.Span)) continue;
            found = true;
            known.ResponseState = (byte)'P';
            if (settings.Has(CookieModes.Preserve)) continue;
            if (isHidden)
            {
                known.ResponseState = (byte)'D';
                EditFields.RemoveAt(head, i);
            }
            else if (settings.Has(CookieModes.Rewrite | CookieModes.Prefix) && !own.IsEmpty)
            {
                known.ResponseState = (byte)'R';
                bool keepsValue = settings.Has(CookieModes.Prefix);
                if (!Rewrite(ref scratch, line, value, own, keepsValue, out ByteView rewritten)) return false;
                EditFields.SetValue(head, i, rewritten);
            }
        }
        return true;
    }

    private static bool Rewrite(
        ref Scratch scratch, ByteView line, ByteView value, ByteView own, bool keepsValue, out ByteView rewritten)
    {
        rewritten = default;
        int at = (int)(value.Start - line.Start);
        ReadOnlySpan<byte> rest = line.Span[(keepsValue ? at : at + value.Length)..];
        Span<byte> to = scratch.Free;
        if (to.Length < at + own.Length + 1 + rest.Length) return false;
        line.Span[..at].CopyTo(to);
        own.Span.CopyTo(to[at..]);
        int length = at + own.Length;
        if (keepsValue) to[length++] = (byte)'~';
        rest.CopyTo(to[length..]);
        rewritten = scratch.Commit(length + rest.Length);
        return true;
    }

    /// <summary>The client has no cookie of this server, or one whose dates are to be renewed.</summary>
    private static bool IsDue(in Stream stream, in Persistence known, CookieSettings settings, uint now)
    {
        if ((stream.Flags & StreamFlags.Direct) == 0) return true;
        bool dated = settings.IdleMaxSeconds != 0 || known.LastSeconds != 0;
        if (dated && known.LastSeconds < now) return true;
        return settings.LifeMaxSeconds != 0 ? known.FirstSeconds == 0 : known.FirstSeconds != 0;
    }

    private static bool Write(
        ref Scratch scratch, in Persistence known, CookieSettings settings, ByteView own, uint now, out ByteView value)
    {
        value = default;
        Span<byte> to = scratch.Free;
        ReadOnlySpan<byte> gone = "; Expires=Thu, 01-Jan-1970 00:00:01 GMT"u8;
        int needed = settings.NameBytes.Length + 1 + own.Length + (2 * (CookieDate.Length + 1)) + gone.Length
            + settings.Attributes.Length;
        if (to.Length < needed) return false;
        int length = Append(to, 0, settings.NameBytes.Span);
        to[length++] = (byte)'=';
        length = Append(to, length, own.IsEmpty ? gone : own.Span);
        if (!own.IsEmpty && (settings.IdleMaxSeconds | settings.LifeMaxSeconds) != 0)
        {
            to[length++] = (byte)'|';
            length += CookieDate.Write(to[length..], now);
            if (settings.LifeMaxSeconds != 0)
            {
                to[length++] = (byte)'|';
                length += CookieDate.Write(to[length..], known.FirstSeconds == 0 ? now : known.FirstSeconds);
            }
        }
        length = Append(to, length, settings.Attributes.Span);
        Check.That(length <= needed);
        value = scratch.Commit(length);
        return true;
    }

    private static int Append(Span<byte> to, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[at..]);
        return at + bytes.Length;
    }
}
