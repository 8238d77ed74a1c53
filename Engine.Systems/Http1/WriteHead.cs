using System;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Systems.Http1;

/// <summary>
/// Serialises an indexed head: start line, the fields that are not removed, one Connection line of our own,
/// the empty line. Lengths and codings are written as the index has them. Of a head that came over HTTP/1 and
/// was not edited much, neighbouring lines go out in one copy.
/// </summary>
public static unsafe class WriteHead
{
    /// <summary>
    /// Writes a request and answers its bytes, or -1 when they do not fit. An HTTP/1.0 request goes on as
    /// one, as the reference does, so that its answer fits the client.
    /// </summary>
    public static int Request(MessageHead* head, ConnectionSaid connection, Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            HeadWriter writer = new(start, destination.Length);
            if (HasPlainLine(head)) writer.Append(head->StartLine);
            else
            {
                writer.Append(head->MethodName);
                writer.Append(" "u8);
                writer.Append((head->Flags & HeadFlags.WritePathOnly) != 0 ? head->PathAndQuery : head->Target);
                writer.Append(Minor(head) == '0' ? " HTTP/1.0"u8 : " HTTP/1.1"u8);
            }
            writer.Append("\r\n"u8);
            WriteFields(head, connection, ref writer);
            return writer.Length;
        }
    }

    /// <summary>
    /// Writes a response and answers its bytes, or -1 when they do not fit. The version is the head's as for
    /// requests, an empty reason becomes the usual one.
    /// </summary>
    public static int Response(MessageHead* head, ConnectionSaid connection, Span<byte> destination)
    {
        Check.That(head->Status is >= 100 and <= 999);
        fixed (byte* start = destination)
        {
            HeadWriter writer = new(start, destination.Length);
            writer.Append(Minor(head) == '0' ? "HTTP/1.0 "u8 : "HTTP/1.1 "u8);
            ReadOnlySpan<byte> status =
            [
                (byte)('0' + head->Status / 100),
                (byte)('0' + head->Status / 10 % 10),
                (byte)('0' + head->Status % 10),
                (byte)' ',
            ];
            writer.Append(status);
            writer.Append(head->Reason.IsEmpty ? ReasonPhrase.Of(head->Status) : head->Reason.Span);
            writer.Append("\r\n"u8);
            WriteFields(head, connection, ref writer);
            return writer.Length;
        }
    }

    // The line as it was parsed, when no rule pointed a part of it elsewhere.
    private static bool HasPlainLine(MessageHead* head)
    {
        if ((head->Flags & HeadFlags.PlainStartLine) == 0) return false;
        ByteView line = head->StartLine;
        byte* lineEnd = line.Start + line.Length;
        return head->MethodName.Start == line.Start
            && head->Target.Start == line.Start + head->MethodName.Length + 1
            && head->Target.Start + head->Target.Length + " HTTP/1.1".Length == lineEnd
            && lineEnd[-1] == Minor(head);
    }

    // A chunked message is never sent as HTTP/1.0, whose readers may not know chunks (RFC 9112 section 6.1).
    private static byte Minor(MessageHead* head) =>
        head->Version == HttpVersion.Http10 && (head->Flags & HeadFlags.Chunked) == 0 ? (byte)'0' : (byte)'1';

    private static void WriteFields(MessageHead* head, ConnectionSaid connection, ref HeadWriter writer)
    {
        // Upgrade field and Connection option mean nothing without each other (RFC 9110 section 7.8).
        bool upgrades = connection == ConnectionSaid.Upgrade && (head->Flags & HeadFlags.Upgrade) != 0;
        if (connection == ConnectionSaid.Upgrade && !upgrades) connection = ConnectionSaid.Nothing;
        HeaderField* field = MessageHead.FieldArray(head);
        HeaderField* end = field + head->FieldCount;
        byte* run = null;
        byte* runEnd = null;
        for (; field < end; field++)
        {
            if ((field->Flags & FieldFlags.Removed) != 0) continue;
            if (field->Known == KnownHeader.Upgrade && !upgrades) continue;
            if ((field->Flags & FieldFlags.Canonical) != 0)
            {
                if (field->Name != runEnd)
                {
                    if (run != null) writer.Append(run, runEnd - run);
                    run = field->Name;
                }
                runEnd = field->Value + field->ValueLength + 2;
                continue;
            }
            if (run != null) writer.Append(run, runEnd - run);
            run = null;
            runEnd = null;
            WriteField(field, ref writer);
        }
        if (run != null) writer.Append(run, runEnd - run);
        writer.Append(Line(connection));
        writer.Append("\r\n"u8);
    }

    private static void WriteField(HeaderField* field, ref HeadWriter writer)
    {
        writer.Append(field->Name, field->NameLength);
        writer.Append(": "u8);
        writer.Append(field->Value, field->ValueLength);
        writer.Append("\r\n"u8);
    }

    private static ReadOnlySpan<byte> Line(ConnectionSaid connection) => connection switch
    {
        ConnectionSaid.Close => "connection: close\r\n"u8,
        ConnectionSaid.KeepAlive => "connection: keep-alive\r\n"u8,
        ConnectionSaid.Upgrade => "connection: upgrade\r\n"u8,
        _ => default,
    };
}
