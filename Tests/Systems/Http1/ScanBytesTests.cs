using System;
using Engine.Systems.Http1;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>Every byte value in every lane, against the grammar written out.</summary>
public sealed unsafe class ScanBytesTests : IDisposable
{
    private const string TokenMarks = "!#$%&'*+-.^_`|~";
    private const string HostMarks = "-._~!$&'()*+;=%";

    private readonly GuardedBytes bytes = new(4096);

    public void Dispose() => bytes.Dispose();

    [Fact]
    public void Tokens()
    {
        for (int value = 0; value < 256; value++)
        {
            bool token = IsAlphanumeric(value) || TokenMarks.Contains((char)value);
            Assert.Equal(token, ScanBytes.IsToken((byte)value));
            EachLane(value, (byte)'t', 40, (start, end, lane) =>
            {
                Equal(token ? end : start + lane, ScanBytes.TokenEnd(start, end));
                uint expected = token || lane >= 32 ? 0 : 1u << lane;
                Assert.Equal(expected, ScanBytes.NotToken32(start));
                Assert.Equal(expected & 0xFFFF, ScanBytes.NotToken16(start));
            });
        }
    }

    [Fact]
    public void Host_names()
    {
        for (int value = 0; value < 256; value++)
        {
            bool host = IsAlphanumeric(value) || HostMarks.Contains((char)value);
            EachLane(value, (byte)'h', 40, (start, end, lane) =>
            {
                for (int length = lane; length <= 40; length += 7)
                {
                    Assert.Equal(host || lane >= length, ScanBytes.IsHostName(start, length, end));
                }
            });
        }
    }

    [Fact]
    public void Line_ends()
    {
        for (int value = 0; value < 256; value++)
        {
            bool stops = value is 0 or '\r' or '\n';
            EachLane(value, (byte)'v', 200, (start, end, lane) =>
                Equal(stops ? start + lane : end, ScanBytes.LineEnd(start, end)));
            EachLane(value, (byte)'v', 200, (start, end, lane) =>
                Equal(value == '\n' ? start + lane : end, ScanBytes.LineFeed(start, end)));
        }
    }

    [Fact]
    public void Line_ends_among_other_control_bytes()
    {
        EachLane(
            '\r', (byte)'\t', 200, (start, end, lane) => Equal(start + lane, ScanBytes.LineEnd(start, end)));
    }

    [Fact]
    public void Targets()
    {
        for (int value = 0; value < 256; value++)
        {
            bool stops = value is <= 0x20 or >= 0x7F or '#';
            EachLane(value, (byte)'/', 80, (start, end, lane) =>
                Equal(stops ? start + lane : end, ScanBytes.TargetEnd(start, end)));
        }
    }

    [Fact]
    public void Ends_of_short_inputs()
    {
        for (int length = 0; length < 70; length++)
        {
            byte[] filler = new byte[length];
            Array.Fill(filler, (byte)'a');
            byte* start = bytes.Place(filler);
            byte* end = start + length;
            Equal(end, ScanBytes.TokenEnd(start, end));
            Equal(end, ScanBytes.LineEnd(start, end));
            Equal(end, ScanBytes.LineFeed(start, end));
            Equal(end, ScanBytes.TargetEnd(start, end));
            Assert.True(ScanBytes.IsHostName(start, length, end));
        }
    }

    private delegate void Check(byte* start, byte* end, int lane);

    private static void Equal(byte* expected, byte* actual) => Assert.Equal((nint)expected, (nint)actual);

    private void EachLane(int value, byte filler, int length, Check check)
    {
        byte[] text = new byte[length];
        for (int lane = 0; lane < length; lane++)
        {
            Array.Fill(text, filler);
            text[lane] = (byte)value;
            byte* start = bytes.Place(text);
            check(start, start + length, lane);
        }
    }

    private static bool IsAlphanumeric(int value) =>
        value is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
