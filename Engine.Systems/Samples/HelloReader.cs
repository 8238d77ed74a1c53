using System;
using System.Buffers.Binary;

namespace Engine.Systems.Samples;

/// <summary>
/// A ClientHello as it stands at the beginning of a connection that is passed on unopened (RFC 8446 sections
/// 4.1.2 and
/// 5.1). Every length is checked; what is not there yet is told apart from what is wrong.
/// </summary>
public ref struct HelloReader
{
    private const int RecordHeader = 5;
    private const int HandshakeHeader = 4;
    private const byte HandshakeRecord = 22;

    /// <summary>The first bytes cannot be those of TLS, or contradict each other.</summary>
    public bool IsInvalid;

    /// <summary>More bytes may make it whole.</summary>
    public bool IsPartial;

    /// <summary>1 for a ClientHello, 2 for a ServerHello; 0 while it is not known.</summary>
    public int Type;

    /// <summary>The version of the record, or of the hello where it is there: 0x0303 for TLS 1.2.</summary>
    public int Version;

    /// <summary>The ciphers offered, two bytes each.</summary>
    public ReadOnlySpan<byte> Ciphers;

    /// <summary>The extensions, empty when there are none.</summary>
    public ReadOnlySpan<byte> Extensions;

    public static HelloReader Of(ReadOnlySpan<byte> bytes)
    {
        HelloReader hello = default;
        hello.Read(bytes);
        return hello;
    }

    /// <summary>The message alone, as it stands within its records.</summary>
    public static HelloReader OfMessage(ReadOnlySpan<byte> message)
    {
        HelloReader hello = default;
        if (message.Length < HandshakeHeader)
        {
            hello.IsInvalid = true;
            return hello;
        }
        hello.Type = message[0];
        hello.ReadHello(message);
        return hello;
    }

    /// <summary>The content of an extension; false when it is not there.</summary>
    public readonly bool TryExtension(int number, out ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> rest = Extensions;
        while (rest.Length >= 4)
        {
            int kind = BinaryPrimitives.ReadUInt16BigEndian(rest);
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length > rest.Length - 4) break;
            if (kind == number)
            {
                content = rest.Slice(4, length);
                return true;
            }
            rest = rest[(4 + length)..];
        }
        content = default;
        return false;
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && bytes[0] != HandshakeRecord)
        {
            IsInvalid = true;
            return;
        }
        if (bytes.Length < RecordHeader + 1)
        {
            IsPartial = true;
            return;
        }
        Version = BinaryPrimitives.ReadUInt16BigEndian(bytes[1..]);
        int record = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        if (bytes[1] != 3 || record < HandshakeHeader)
        {
            IsInvalid = true;
            return;
        }
        Type = bytes[RecordHeader];
        if (bytes.Length < RecordHeader + record)
        {
            IsPartial = true;
            return;
        }
        ReadHello(bytes.Slice(RecordHeader, record));
    }

    private void ReadHello(ReadOnlySpan<byte> message)
    {
        const int versionAndRandom = 34;
        int length = (message[1] << 16) | (message[2] << 8) | message[3];
        ReadOnlySpan<byte> rest = message[HandshakeHeader..];
        if (length > rest.Length || rest.Length < versionAndRandom + 1)
        {
            IsInvalid = true;
            return;
        }
        rest = rest[..length];
        if (rest.Length < versionAndRandom + 1 || Type != 1) return;
        Version = BinaryPrimitives.ReadUInt16BigEndian(rest);
        rest = rest[versionAndRandom..];
        if (!Skip(ref rest, 1, rest[0]) || rest.Length < 2) return; // session identifier
        int ciphers = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (ciphers <= rest.Length - 2) Ciphers = rest.Slice(2, ciphers);
        if (!Skip(ref rest, 2, ciphers) || rest.IsEmpty) return;
        if (!Skip(ref rest, 1, rest[0]) || rest.Length < 2) return; // compressions
        int size = BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (size <= rest.Length - 2) Extensions = rest.Slice(2, size);
        else IsInvalid = true;
    }

    private bool Skip(ref ReadOnlySpan<byte> rest, int prefix, int length)
    {
        IsInvalid = prefix + length > rest.Length;
        rest = IsInvalid ? default : rest[(prefix + length)..];
        return !IsInvalid;
    }
}
