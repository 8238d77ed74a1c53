using System;
using Engine.Data.Messages;
using Engine.Data.Text;
using Engine.Systems.Http1;

namespace Engine.Systems.Evaluate;

/// <summary><c>option checkcache</c>: an answer whose cookie a cache could give to others (manual section 4.2).</summary>
internal static unsafe class CheckCache
{
    /// <summary>Whether the answer may pass.</summary>
    public static bool Allows(Method method, MessageHead* head)
    {
        if (EditFields.Find(head, "set-cookie"u8) < 0 && EditFields.Find(head, "set-cookie2"u8) < 0) return true;
        bool isKept = head->Status is 200 or 203 or 204 or 206 or 300 or 301 or 404 or 405 or 410 or 414 or 501;
        bool isRead = method is Method.Get or Method.Head or Method.Options or Method.Trace;
        bool allowed = !isKept || !isRead;
        for (int i = EditFields.Find(head, "cache-control"u8); i >= 0; i = EditFields.Find(head, "cache-control"u8, i + 1))
        {
            HeaderField* field = MessageHead.FieldArray(head) + i;
            ReadOnlySpan<byte> text = new(field->Value, field->ValueLength);
            while (!text.IsEmpty)
            {
                int comma = text.IndexOf((byte)',');
                ReadOnlySpan<byte> word = (comma < 0 ? text : text[..comma]).Trim(" \t"u8);
                text = comma < 0 ? default : text[(comma + 1)..];
                // "public" said anywhere invites caches, whatever else is said.
                if (AsciiCase.Equals(word, "public"u8)) return false;
                allowed |= Forbids(word);
            }
        }
        return allowed || IsOldNoCache(head);
    }

    private static bool Forbids(ReadOnlySpan<byte> word) =>
        AsciiCase.Equals(word, "private"u8) || AsciiCase.Equals(word, "no-cache"u8) || AsciiCase.Equals(word, "no-store"u8)
        || AsciiCase.Equals(word, "max-age=0"u8) || AsciiCase.Equals(word, "s-maxage=0"u8)
        || Begins(word, "no-cache=\"set-cookie"u8);

    private static bool Begins(ReadOnlySpan<byte> word, ReadOnlySpan<byte> start) =>
        word.Length >= start.Length && AsciiCase.Equals(word[..start.Length], start);

    private static bool IsOldNoCache(MessageHead* head)
    {
        int pragma = EditFields.Find(head, "pragma"u8);
        return pragma >= 0 && AsciiCase.Equals(MessageHead.FieldArray(head)[pragma].ValueSpan, "no-cache"u8);
    }
}
