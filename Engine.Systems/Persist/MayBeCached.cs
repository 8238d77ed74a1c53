using System;
using Engine.Data.Messages;
using Engine.Data.Text;
using Engine.Systems.Http1;

namespace Engine.Systems.Persist;

/// <summary>Whether a shared cache would keep an answer because of what its own fields say (RFC 9111 section 3).</summary>
internal static unsafe class MayBeCached
{
    public static bool Run(Method method, MessageHead* head)
    {
        if (method is not (Method.Get or Method.Head)) return false;
        bool invited = EditFields.Find(head, "expires"u8) >= 0 || EditFields.Find(head, "etag"u8) >= 0
            || EditFields.Find(head, "last-modified"u8) >= 0;
        for (int i = EditFields.Find(head, "cache-control"u8); i >= 0; i = EditFields.Find(head, "cache-control"u8, i + 1))
        {
            HeaderField* field = MessageHead.FieldArray(head) + i;
            ReadOnlySpan<byte> text = new(field->Value, field->ValueLength);
            while (!text.IsEmpty)
            {
                int comma = text.IndexOf((byte)',');
                ReadOnlySpan<byte> word = (comma < 0 ? text : text[..comma]).Trim(" \t"u8);
                text = comma < 0 ? default : text[(comma + 1)..];
                if (Forbids(word)) return false;
                invited |= Begins(word, "max-age="u8) || Begins(word, "s-maxage="u8) || AsciiCase.Equals(word, "public"u8);
            }
        }
        return invited;
    }

    private static bool Forbids(ReadOnlySpan<byte> word) =>
        AsciiCase.Equals(word, "private"u8) || AsciiCase.Equals(word, "no-cache"u8) || AsciiCase.Equals(word, "no-store"u8)
        || AsciiCase.Equals(word, "max-age=0"u8) || AsciiCase.Equals(word, "s-maxage=0"u8);

    private static bool Begins(ReadOnlySpan<byte> word, ReadOnlySpan<byte> start) =>
        word.Length > start.Length && AsciiCase.Equals(word[..start.Length], start);
}
