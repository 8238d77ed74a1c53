using System;
using Engine.Systems.Http1;

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
        int head = StoreMessage.EndOfHead(content);
        if (head < 0) return Unfit(path, "no empty line after the header fields");
        long length = FindContentLength(content[..head]);
        if (length >= 0 && length != content.Length - head)
            return Unfit(path, $"its Content-Length is {length}, its body has {content.Length - head} bytes");
        return StoreMessage.TryRun(content) is null ? Unfit(path, "its body is coded") : null;
    }

    private static string Unfit(string path, string why) =>
        $"unable to convert custom error file '{path}' into an internal message: {why}.";

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
