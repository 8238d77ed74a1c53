using System;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Whether a file can go on the wire as an answer: nothing at all, or a head and a body of its length.</summary>
internal static class ErrorFileCheck
{
    /// <summary>Null when the file is fit, else what is wrong.</summary>
    public static string? Run(ReadOnlySpan<byte> content, int bufferSize, string path)
    {
        if (content.IsEmpty) return null;
        if (content.Length > bufferSize)
            return $"unable to convert custom error file '{path}' into an internal message: larger than tune.bufsize.";
        if (!content.StartsWith("HTTP/1."u8)) return $"'{path}': unable to parse headers (error offset: 0)";
        int head = EndOfHead(content);
        if (head < 0) return Unfit(path, "no empty line after the header fields");
        long length = FindContentLength(content[..head]);
        if (length >= 0 && length != content.Length - head)
            return Unfit(path, $"its Content-Length is {length}, its body has {content.Length - head} bytes");
        return null;
    }

    private static string Unfit(string path, string why) =>
        $"unable to convert custom error file '{path}' into an internal message: {why}.";

    /// <summary>Offset of the body; line ends may be LF alone in such files.</summary>
    private static int EndOfHead(ReadOnlySpan<byte> content)
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

    private static long FindContentLength(ReadOnlySpan<byte> head)
    {
        const string Name = "content-length:";
        foreach (Range range in head.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = head[range];
            if (line.Length < Name.Length || !System.Text.Ascii.EqualsIgnoreCase(line[..Name.Length], Name)) continue;
            long length = 0;
            foreach (byte c in line[Name.Length..])
            {
                if (c is >= (byte)'0' and <= (byte)'9') length = Math.Min(length * 10 + c - '0', int.MaxValue);
            }
            return length;
        }
        return -1;
    }
}
