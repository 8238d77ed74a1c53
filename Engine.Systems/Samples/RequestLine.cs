using System;

namespace Engine.Systems.Samples;

/// <summary>A request line kept for the log, taken apart. It may have been cut at its end.</summary>
internal readonly ref struct RequestLine
{
    public readonly ReadOnlySpan<byte> Method;
    public readonly ReadOnlySpan<byte> Target;

    /// <summary>Empty when it was cut off.</summary>
    public readonly ReadOnlySpan<byte> Version;

    private RequestLine(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target, ReadOnlySpan<byte> version)
    {
        Method = method;
        Target = target;
        Version = version;
    }

    public ReadOnlySpan<byte> TargetWithoutQuery
    {
        get
        {
            int question = Target.IndexOf((byte)'?');
            return question < 0 ? Target : Target[..question];
        }
    }

    /// <summary>The query with its question mark, empty when there is none.</summary>
    public ReadOnlySpan<byte> Query
    {
        get
        {
            int question = Target.IndexOf((byte)'?');
            return question < 0 ? default : Target[question..];
        }
    }

    /// <summary>Without scheme and authority. The asterisk of OPTIONS and the authority of CONNECT are no paths.</summary>
    public ReadOnlySpan<byte> PathAndQuery
    {
        get
        {
            if (Target.StartsWith("/"u8)) return Target;
            int scheme = TargetWithoutQuery.IndexOf("://"u8);
            if (scheme < 0) return default;
            ReadOnlySpan<byte> behind = Target[(scheme + 3)..];
            int end = behind.IndexOfAny((byte)'/', (byte)'?');
            return end < 0 ? default : behind[end..];
        }
    }

    /// <summary>The path alone: without scheme, authority and query.</summary>
    public ReadOnlySpan<byte> Path
    {
        get
        {
            ReadOnlySpan<byte> path = PathAndQuery;
            int question = path.IndexOf((byte)'?');
            return question < 0 ? path : path[..question];
        }
    }

    /// <summary>False for an empty line: no request came whole.</summary>
    public static bool TryTake(ReadOnlySpan<byte> line, out RequestLine parts)
    {
        parts = default;
        int first = line.IndexOf((byte)' ');
        if (first <= 0) return false;
        ReadOnlySpan<byte> rest = line[(first + 1)..];
        int second = rest.LastIndexOf((byte)' ');
        parts = second < 0
            ? new RequestLine(line[..first], rest, default)
            : new RequestLine(line[..first], rest[..second], rest[(second + 1)..]);
        return true;
    }
}
