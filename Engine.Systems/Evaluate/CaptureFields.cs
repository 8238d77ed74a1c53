using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Evaluate;

/// <summary>
/// Keeps the fields and cookies that <c>capture</c> lines name (manual section 8.8): fields as they were received, before
/// any rule changes them; cookies as rules leave them, where a server or a refusal answers.
/// </summary>
public static unsafe class CaptureFields
{
    public static void OfRequest(CapturePlan plan, byte* captures, MessageHead* head) => Keep(plan.Request, captures, head);

    public static void OfResponse(CapturePlan plan, byte* captures, MessageHead* head)
    {
        if (*captures != 0) Keep(plan.Response, captures, head);
    }

    public static void RequestCookie(CapturePlan? plan, byte* captures, MessageHead* head)
    {
        if (plan?.RequestCookie is { } cookie && head != null) KeepCookie(cookie, captures, head, KnownHeader.Cookie);
    }

    public static void ResponseCookie(CapturePlan? plan, byte* captures, MessageHead* head)
    {
        if (plan?.ResponseCookie is { } cookie && *captures != 0) KeepCookie(cookie, captures, head, KnownHeader.SetCookie);
    }

    /// <summary>Of several fields of a name the last one counts.</summary>
    private static void Keep(CaptureSlot[] slots, byte* captures, MessageHead* head)
    {
        foreach (CaptureSlot slot in slots)
        {
            if (slot.Name.IsEmpty) continue;
            Span<HeaderField> fields = MessageHead.Fields(head);
            for (int i = fields.Length - 1; i >= 0; i--)
            {
                ref HeaderField field = ref fields[i];
                if (field.Removed || !Is(ref field, slot)) continue;
                CapturePlan.Keep(captures, slot, field.ValueSpan);
                break;
            }
        }
    }

    private static bool Is(ref HeaderField field, CaptureSlot slot) =>
        slot.Known != KnownHeader.None
            ? field.Known == slot.Known
            : field.Known == KnownHeader.None && AsciiCase.Equals(field.NameSpan, slot.Name.Span);

    /// <summary>The first cookie whose <c>name=value</c> begins as the line says is kept whole.</summary>
    private static void KeepCookie(CaptureSlot slot, byte* captures, MessageHead* head, KnownHeader known)
    {
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Removed || field.Known != known) continue;
            ReadOnlySpan<byte> rest = field.ValueSpan;
            while (!rest.IsEmpty)
            {
                int end = PairEnd(rest);
                if (TryKeep(slot, captures, rest[..end].Trim(" \t"u8))) return;

                // What follows the cookie that is set are its attributes.
                if (known == KnownHeader.SetCookie || end == rest.Length) break;
                rest = rest[(end + 1)..];
            }
        }
    }

    /// <summary>Blanks around the first equals sign are not part of it.</summary>
    private static bool TryKeep(CaptureSlot slot, byte* captures, ReadOnlySpan<byte> pair)
    {
        int equals = pair.IndexOf((byte)'=');
        if (equals < 0) return false;
        ReadOnlySpan<byte> name = pair[..equals].TrimEnd(" \t"u8);
        ReadOnlySpan<byte> value = pair[(equals + 1)..].TrimStart(" \t"u8);
        if (!Begins(slot.Name.Span, name, value)) return false;
        CapturePlan.Keep(captures, slot, name, value);
        return true;
    }

    /// <summary>Whether a cookie, written as <c>name=value</c>, begins with a text.</summary>
    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (text.Length <= name.Length) return name.StartsWith(text);
        return text.StartsWith(name) && text[name.Length] == (byte)'=' && value.StartsWith(text[(name.Length + 1)..]);
    }

    /// <summary>Quoted values hold together.</summary>
    private static int PairEnd(ReadOnlySpan<byte> text)
    {
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            else if (quoted && text[i] == '\\') i++;
            else if (!quoted && text[i] is (byte)';' or (byte)',') return i;
        }
        return text.Length;
    }
}
