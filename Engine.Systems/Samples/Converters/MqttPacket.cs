using System;
using System.Buffers.Binary;

namespace Engine.Systems.Samples.Converters;

/// <summary>
/// Walks a CONNECT or CONNACK packet (MQTT 3.1, 3.1.1 and 5.0, section 3.1 and 3.2) and keeps the one field that is
/// asked for. Every length is checked; nothing may follow a CONNACK.
/// </summary>
internal ref struct MqttPacket
{
    public const int Connect = 1;
    public const int ConnectAnswer = 2;

    private const int SubscriptionProperty = 11;
    private const int UserProperty = 38;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly int wanted;
    private int at;
    private int end;

    private MqttPacket(ReadOnlySpan<byte> bytes, int wanted)
    {
        this.bytes = bytes;
        this.wanted = wanted;
        Number = -1;
    }

    /// <summary>The field, where it is a number; -1 otherwise.</summary>
    public long Number { get; private set; }

    /// <summary>The field's place, where it is bytes.</summary>
    public int From { get; private set; }

    public int Count { get; private set; }

    public bool IsFound { get; private set; }

    public int Kind { get; private set; }

    /// <summary>All bytes of a packet of one of the two kinds are there.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>False: no packet of these two kinds, or something wrong in it.</summary>
    /// <param name="bytes">The packet; behind a CONNECT there may be more.</param>
    /// <param name="wanted">A <see cref="MqttField"/> or the number of a property; -1 for none.</param>
    /// <param name="packet">What was found.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int wanted, out MqttPacket packet)
    {
        packet = new MqttPacket(bytes, wanted);
        return packet.Read();
    }

    /// <summary>The first bytes of a packet whose rest is not there: its kind has these flags, its length may be right.</summary>
    public static bool MayComplete(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2) return true;
        int flags = bytes[0] & 15;
        bool fits = (bytes[0] >> 4) switch
        {
            0 => false,
            3 => true, // PUBLISH says here how it is to be delivered
            6 or 8 or 10 => flags == 2,
            _ => flags == 0,
        };
        MqttPacket packet = new(bytes, -1) { at = 1, end = bytes.Length };
        if (packet.TryVariable(out int length)) return fits && length > bytes.Length - packet.at;
        return fits && bytes.Length <= 4; // of the length up to three bytes, all saying that more follow
    }

    private bool Read()
    {
        if (bytes.Length < 2) return false;
        end = bytes.Length;
        Kind = bytes[0] >> 4;
        at = 1;
        if (Kind is not (Connect or ConnectAnswer) || !TryVariable(out int length) || length > bytes.Length - at) return false;
        IsWhole = true;
        end = at + length;
        if ((bytes[0] & 15) != 0 || (Kind == ConnectAnswer && end != bytes.Length)) return false;
        return (Kind == Connect ? ReadConnect() : ReadAnswer()) && at == end;
    }

    private bool ReadAnswer()
    {
        // Version 5 has properties, of which at least their length is there.
        bool hasProperties = end - at > 2;
        Keep((int)MqttField.ProtocolVersion, hasProperties ? 5u : 4u);
        if (!TryNumber(1, out uint flags) || !TryNumber(1, out uint reason) || flags > 1) return false;
        Keep((int)MqttField.Flags, flags);
        Keep((int)MqttField.ReasonCode, reason);
        return !hasProperties || TryProperties([17, 18, 19, 21, 22, 26, 28, 31, 33, 34, 36, 37, 39, 40, 41, 42]);
    }

    private bool ReadConnect()
    {
        if (!TryText(MqttField.ProtocolName, out int from, out int count)) return false;
        ReadOnlySpan<byte> name = bytes.Slice(from, count);
        if (!TryNumber(1, out uint version)) return false;
        bool isKnown = version == 3 ? name.SequenceEqual("MQIsdp"u8) : version is 4 or 5 && name.SequenceEqual("MQTT"u8);
        if (!isKnown || !TryNumber(1, out uint flags) || !TryNumber(2, out uint keepAlive)) return false;

        // The lowest bit is reserved; without a will there is no quality or retention of one (section 3.1.2.3).
        bool hasWill = (flags & 4) != 0;
        if ((flags & 1) != 0 || (flags >> 3 & 3) == 3 || (!hasWill && (flags & 0x38) != 0)) return false;
        Keep((int)MqttField.ProtocolVersion, version);
        Keep((int)MqttField.Flags, flags);
        Keep((int)MqttField.KeepAlive, keepAlive);
        if (version == 5 && !TryProperties([17, 21, 22, 23, 25, 33, 34, 39])) return false;
        if (!TryText(MqttField.ClientIdentifier, out _, out _)) return false;
        if (hasWill)
        {
            if (version == 5 && !TryProperties([1, 2, 3, 8, 9, 24])) return false;
            if (!TryText(MqttField.WillTopic, out _, out _) || !TryText(MqttField.WillPayload, out _, out _)) return false;
        }
        if ((flags & 0x80) != 0 && !TryText(MqttField.UserName, out _, out _)) return false;
        return (flags & 0x40) == 0 || TryText(MqttField.Password, out _, out _);
    }

    private bool TryProperties(ReadOnlySpan<byte> allowed)
    {
        if (!TryVariable(out int length) || length > end - at) return false;
        int packetEnd = end;
        end = at + length;
        ulong seen = 0;
        while (at < end)
        {
            if (!TryVariable(out int property) || property is 0 or > 63) return false;
            bool isRepeatable = property == UserProperty;
            if (!isRepeatable && (!allowed.Contains((byte)property) || (seen >> property & 1) != 0)) return false;
            seen |= 1ul << property;
            if (!TryProperty(property)) return false;
        }
        end = packetEnd;
        return true;
    }

    /// <summary>The value of a property (MQTT 5.0 section 2.2.2.2).</summary>
    private bool TryProperty(int property)
    {
        switch (property)
        {
            case UserProperty:
                return TryText(MqttField.None, out _, out _) && TryText(MqttField.None, out _, out _);
            case SubscriptionProperty:
                return TryVariable(out _);
            case 3 or 8 or 9 or 18 or 21 or 22 or 26 or 28 or 31:
                return TryText((MqttField)property, out _, out _);
            default:
                int size = property is 2 or 17 or 24 or 39 ? 4 : property is 19 or 33 or 34 ? 2 : 1;
                if (!TryNumber(size, out uint value)) return false;
                Keep(property, value);
                return true;
        }
    }

    private void Keep(int field, uint value)
    {
        if (field != wanted) return;
        IsFound = true;
        Number = value;
    }

    private bool TryNumber(int size, out uint value)
    {
        value = 0;
        if (end - at < size) return false;
        for (int i = 0; i < size; i++) value = (value << 8) | bytes[at++];
        return true;
    }

    /// <summary>Two bytes of length and as many bytes.</summary>
    private bool TryText(MqttField field, out int from, out int count)
    {
        from = at + 2;
        count = 0;
        if (end - at < 2) return false;
        count = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        if (count > end - from) return false;
        at = from + count;
        if ((int)field != wanted) return true;
        IsFound = true;
        From = from;
        Count = count;
        return true;
    }

    /// <summary>Seven bits a byte, the lowest first, four bytes at most (section 1.5.5).</summary>
    private bool TryVariable(out int value)
    {
        value = 0;
        for (int shift = 0; shift < 28; shift += 7)
        {
            if (at >= end) return false;
            byte next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) return true;
        }
        return false;
    }
}
