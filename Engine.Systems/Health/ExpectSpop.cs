using System;
using System.Buffers.Binary;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;

namespace Engine.Systems.Health;

/// <summary>
/// The greeting of an agent of the Stream Processing Offload Protocol, version 2.0: a frame of names and typed values
/// that tell its version, how large its frames may be and what it is capable of (SPOE.txt, sections 3.1 and 3.2.5).
/// </summary>
public static class ExpectSpop
{
    private const byte AgentHello = 101;
    private const byte AgentDisconnect = 102;
    private const int FrameMin = 256;

    /// <summary>Length, type, flags, number of the stream and of the frame.</summary>
    private const int HeaderSize = 11;

    public static ExpectResult Run(ref CheckRow check, ReadOnlySpan<byte> input, int bufferSize)
    {
        long length = input.Length < HeaderSize ? 0 : BinaryPrimitives.ReadUInt32BigEndian(input);
        bool isWhole = input.Length >= HeaderSize && input.Length - 4 >= length;
        if (!isWhole && !check.InputEnded && length <= bufferSize) return ExpectResult.Wait;
        string fault = isWhole ? Fault(input[..(int)(length + 4)], bufferSize) : Invalid;
        bool passes = fault.Length == 0;
        CheckStatus status = passes ? CheckStatus.Layer7Ok : CheckStatus.Layer7Invalid;
        CheckFinding.Set(ref check, status, 0, passes ? "SPOA server is ok" : fault);
        return passes ? ExpectResult.Passed : ExpectResult.Failed;
    }

    private const string Invalid = "invalid frame received";

    /// <summary>Why the greeting is none, in the words that the reference logs; empty: it is one.</summary>
    private static string Fault(ReadOnlySpan<byte> frame, int bufferSize)
    {
        const uint onlyFinal = 1;
        if (frame.Length < HeaderSize || frame[4] is not (AgentHello or AgentDisconnect)) return Invalid;
        if (BinaryPrimitives.ReadUInt32BigEndian(frame[5..]) != onlyFinal || frame[9] != 0 || frame[10] != 0) return Invalid;
        SpopItems items = new(frame[HeaderSize..]);
        bool isHello = frame[4] == AgentHello;
        bool hasVersion = false, hasSize = false, hasCapabilities = false;
        string message = "normal";
        while (items.TryName(out ReadOnlySpan<byte> name)) // each turn takes bytes of the frame
        {
            if (name.SequenceEqual(isHello ? "version"u8 : "message"u8))
            {
                if (!items.TryText(out ReadOnlySpan<byte> text)) return Invalid;
                if (isHello && !text.Trim(" "u8).SequenceEqual("2.0"u8)) return "unsupported version";
                hasVersion = true;
                message = Encoding.Latin1.GetString(text);
            }
            else if (isHello && name.SequenceEqual("max-frame-size"u8))
            {
                if (!items.TryNumber(out ulong size)) return Invalid;
                if (size < FrameMin || size > (ulong)(bufferSize - 4)) return "max-frame-size too big or too small";
                hasSize = true;
            }
            else if (isHello && name.SequenceEqual("capabilities"u8))
            {
                if (!items.TryText(out _)) return Invalid;
                hasCapabilities = true;
            }
            else if (!items.TrySkip())
            {
                return Invalid;
            }
        }
        if (!items.AtEnd) return Invalid;
        if (!isHello) return message;
        return !hasVersion ? "version value not found"
            : !hasSize ? "max-frame-size value not found"
            : !hasCapabilities ? "capabilities value not found" : "";
    }
}
