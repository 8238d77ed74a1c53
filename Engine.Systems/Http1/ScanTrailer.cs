using System;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// The trailer section, a byte at a time: it is rare and short, and its lines may be cut anywhere. Parts of a
/// line have been sent before its name is whole, so a forbidden name cannot be left out any more: it makes
/// the message an error (RFC 9110 section 6.5.1).
/// </summary>
internal static class ScanTrailer
{
    // A running hash of the lower-case name stands for the name; FNV-1a, 64 bits. Another name with the hash
    // of a forbidden one would be refused too, which harms nobody but its sender.
    private const ulong HashStart = 14_695_981_039_346_656_037;
    private const ulong HashFactor = 1_099_511_628_211;

    private static readonly ulong[] Forbidden =
    [
        Hash("connection"u8), Hash("content-length"u8), Hash("host"u8), Hash("http2-settings"u8),
        Hash("keep-alive"u8), Hash("proxy-connection"u8), Hash("te"u8), Hash("trailer"u8),
        Hash("transfer-encoding"u8), Hash("upgrade"u8),
    ];

    /// <summary>Takes one byte, which becomes lower case in a name.</summary>
    public static ChunkResult Run(ref BodyState state, ref byte value)
    {
        switch ((ChunkStep)state.ChunkState)
        {
            case ChunkStep.TrailerStart:
                if (value == '\r') return Go(ref state, ChunkStep.LastFeed);
                state.Remaining = HashStart;
                return ReadName(ref state, ref value, isFirst: true);
            case ChunkStep.TrailerName:
                return ReadName(ref state, ref value, isFirst: false);
            case ChunkStep.TrailerValue:
                if (value == '\r') return Go(ref state, ChunkStep.TrailerFeed);
                if (value == '\n') return ChunkResult.BadLineEnd;
                return value == 0 ? ChunkResult.BadTrailer : ChunkResult.More;
            case ChunkStep.TrailerFeed:
                return value == '\n' ? Go(ref state, ChunkStep.TrailerStart) : ChunkResult.BadLineEnd;
            default:
                state.Remaining = 0;
                return value == '\n' ? ChunkResult.Done : ChunkResult.BadLineEnd;
        }
    }

    private static ChunkResult ReadName(ref BodyState state, ref byte value, bool isFirst)
    {
        if (value == ':')
        {
            if (isFirst) return ChunkResult.BadTrailer;
            if (Array.IndexOf(Forbidden, state.Remaining) >= 0) return ChunkResult.ForbiddenTrailer;
            return Go(ref state, ChunkStep.TrailerValue);
        }
        if (isFirst && value == '\n') return ChunkResult.BadLineEnd;
        if (!ScanBytes.IsToken(value)) return ChunkResult.BadTrailer;
        value = AsciiCase.Lower(value);
        state.Remaining = (state.Remaining ^ value) * HashFactor;
        return Go(ref state, ChunkStep.TrailerName);
    }

    private static ChunkResult Go(ref BodyState state, ChunkStep step)
    {
        state.ChunkState = (byte)step;
        return ChunkResult.More;
    }

    private static ulong Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = HashStart;
        foreach (byte value in name) hash = (hash ^ value) * HashFactor;
        return hash;
    }
}
