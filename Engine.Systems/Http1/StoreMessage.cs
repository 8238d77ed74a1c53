using System;
using System.Text;
using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>
/// Makes an answer that a file holds fit for the wire, once, at start: lines end in CR LF, names are in lower case, and
/// what the file says of the connection is taken out, to be said anew with each answer (RFC 9110 section 7.6.1).
/// </summary>
public static class StoreMessage
{
    private static readonly string[] Lines = ["", "connection: close\r\n", "connection: keep-alive\r\n"];

    /// <summary>Null when the bytes are no answer, or one whose body is coded.</summary>
    public static StoredMessage? TryRun(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty) return StoredMessage.Empty;
        int end = EndOfHead(content);
        if (end < 0 || !content.StartsWith("HTTP/1."u8)) return null;
        string[] lines = Encoding.Latin1.GetString(content[..end]).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        bool isOld = lines[0].StartsWith("HTTP/1.0", StringComparison.Ordinal);
        StringBuilder head = new(lines[0] + "\r\n");
        bool closes = false;
        bool hasLength = false;
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) continue;
            string name = line[..colon].ToLowerInvariant();
            string value = line[(colon + 1)..].Trim(' ', '\t');
            if (name == "transfer-encoding") return null;
            if (name == "content-length") hasLength = true;
            if (name == "connection") closes |= Says(value, "close");
            if (name is "connection" or "keep-alive" or "proxy-connection") continue;
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }
        ByteView[] forms = new ByteView[Lines.Length];
        int[] headLengths = new int[Lines.Length];
        for (int i = 0; i < forms.Length; i++)
        {
            byte[] start = Encoding.Latin1.GetBytes(head + Lines[i] + "\r\n");
            headLengths[i] = start.Length;
            forms[i] = ByteView.Literal([.. start, .. content[end..]]);
        }
        return new StoredMessage(forms, headLengths, closes || !hasLength, isOld);
    }

    /// <summary>Offset of the body, -1 without an empty line; line ends may be LF alone in such files.</summary>
    public static int EndOfHead(ReadOnlySpan<byte> content)
    {
        int at = 0;
        while (true)
        {
            int end = content[at..].IndexOf((byte)'\n');
            if (end < 0) return -1;
            ReadOnlySpan<byte> line = content.Slice(at, end);
            at += end + 1;
            if (line.IsEmpty || line is [(byte)'\r']) return at;
        }
    }

    private static bool Says(string value, string option)
    {
        foreach (string said in value.Split(','))
        {
            if (said.Trim(' ', '\t').Equals(option, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
