using System;
using System.Buffers.Binary;
using System.Text;
using Engine.Data.Health;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>Reads the first answers of databases, mail servers and directories (manual section 4.2, <c>option *-check</c>).</summary>
public static class ExpectProtocol
{
    private const int MysqlHeader = 4;

    public static ExpectResult Run(World world, int number, ref CheckRow check, CheckStep step)
    {
        ReadOnlySpan<byte> input = CheckConnection.Input(world, ref check);
        if (input.IsEmpty)
        {
            if (!check.InputEnded) return ExpectResult.Wait;
            bool tellsEmpty = step.Expect is ExpectKind.MysqlGreeting or ExpectKind.MysqlAnswer or ExpectKind.TlsHello;
            if (tellsEmpty) return ExpectAnswer.Empty(world, number, ref check, step);
        }
        return step.Expect switch
        {
            ExpectKind.MysqlGreeting => MysqlGreeting(ref check, step, input),
            ExpectKind.MysqlAnswer => MysqlAnswer(ref check, input),
            ExpectKind.PgsqlAnswer => Pgsql(ref check, step, input),
            ExpectKind.LdapAnswer => Ldap(ref check, input),
            ExpectKind.SmtpAnswer => Smtp(ref check, step, input),
            ExpectKind.RedisPong => Redis(ref check, step, input),
            ExpectKind.SpopHello => ExpectSpop.Run(ref check, input, world.Configuration.Globals.BufferSize),
            _ => TlsHello(ref check, input),
        };
    }

    private static ExpectResult Fail(ref CheckRow check, CheckStatus status, int code, string text)
    {
        CheckFinding.Set(ref check, status, code, text);
        return ExpectResult.Failed;
    }

    private static ExpectResult Pass(ref CheckRow check, CheckStep step, string text)
    {
        CheckStatus status = step.OkStatus == CheckStatus.Unknown ? CheckStatus.Layer7Ok : step.OkStatus;
        CheckFinding.Set(ref check, status, 0, text);
        return ExpectResult.Passed;
    }

    /// <summary>The greeting: length, sequence 0, protocol version, the server's version (MySQL protocol, HandshakeV10).</summary>
    private static ExpectResult MysqlGreeting(ref CheckRow check, CheckStep step, ReadOnlySpan<byte> input)
    {
        if (!IsWhole(check, input, out ReadOnlySpan<byte> packet, out bool waits))
            return waits ? ExpectResult.Wait : Fail(ref check, CheckStatus.Layer7Invalid, 0, "");
        if (packet[0] == 0xFF) return MysqlError(ref check, packet);
        int version = packet[1..].IndexOf((byte)0);
        if (version < 0) return Fail(ref check, CheckStatus.Layer7Status, 0, "MySQL handshake packet too short");
        return Pass(ref check, step, Encoding.Latin1.GetString(packet.Slice(1, version)));
    }

    /// <summary>The answer to the log-in, behind the greeting: OK, a request for another way to log in, or an error.</summary>
    private static ExpectResult MysqlAnswer(ref CheckRow check, ReadOnlySpan<byte> input)
    {
        if (IsWhole(check, input, out ReadOnlySpan<byte> greeting, out _)) input = input[(MysqlHeader + greeting.Length)..];
        if (!IsWhole(check, input, out ReadOnlySpan<byte> packet, out bool waits))
            return waits ? ExpectResult.Wait : Fail(ref check, CheckStatus.Layer7Invalid, 0, "");
        return packet[0] == 0xFF ? MysqlError(ref check, packet) : ExpectResult.Passed; // the greeting's version stays
    }

    private static ExpectResult MysqlError(ref CheckRow check, ReadOnlySpan<byte> packet)
    {
        int code = packet.Length >= 3 ? BinaryPrimitives.ReadUInt16LittleEndian(packet[1..]) : 0;
        // 0xFF, code, '#' and five characters of state where the client said it understands 4.1, the message: told as it is.
        ReadOnlySpan<byte> text = packet.Length > 3 ? packet[3..] : default;
        return Fail(ref check, CheckStatus.Layer7Status, code, Encoding.Latin1.GetString(text));
    }

    private static bool IsWhole(in CheckRow check, ReadOnlySpan<byte> input, out ReadOnlySpan<byte> packet, out bool waits)
    {
        packet = default;
        int length = input.Length >= MysqlHeader ? input[0] | (input[1] << 8) | (input[2] << 16) : 0;
        bool whole = input.Length > MysqlHeader && length > 0 && input.Length - MysqlHeader >= length;
        waits = !whole && !check.InputEnded;
        if (whole) packet = input.Slice(MysqlHeader, length);
        return whole;
    }

    /// <summary>An authentication request or an error (PostgreSQL frontend/backend protocol, message types R and E).</summary>
    private static ExpectResult Pgsql(ref CheckRow check, CheckStep step, ReadOnlySpan<byte> input)
    {
        const int header = 5;
        if (input.Length < header && !check.InputEnded) return ExpectResult.Wait;
        if (!input.IsEmpty && input[0] == 'R')
        {
            if (input.Length >= 9) return Pass(ref check, step, "PostgreSQL server is ok");
            return check.InputEnded ? Fail(ref check, CheckStatus.Layer7Status, 0, "PostgreSQL unknown error") : ExpectResult.Wait;
        }
        if (input.IsEmpty || input[0] != 'E') return Fail(ref check, CheckStatus.Layer7Status, 0, "PostgreSQL unknown error");
        if (input.Length < header) return Fail(ref check, CheckStatus.Layer7Invalid, 0, "");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(input[1..]);
        if (input.Length < length + 1 && !check.InputEnded && length < CheckRow.TextMax * 4) return ExpectResult.Wait;
        ReadOnlySpan<byte> fields = input[Math.Min(header + 1, input.Length)..]; // behind the type of the first
        int end = fields.IndexOf((byte)0);
        return Fail(ref check, CheckStatus.Layer7Invalid, 0, Encoding.Latin1.GetString(end < 0 ? fields : fields[..end]));
    }

    /// <summary>A BindResponse (RFC 4511 section 4.2.2): message, number, [APPLICATION 1], result code.</summary>
    private static ExpectResult Ldap(ref CheckRow check, ReadOnlySpan<byte> input)
    {
        const int shortest = 14;
        if (!check.InputEnded && input.Length < shortest && (input.IsEmpty || input[0] == 0x30)) return ExpectResult.Wait;
        if (input.Length < shortest || input[0] != 0x30) return Fail(ref check, CheckStatus.Layer7Invalid, 0, "Not LDAPv3 protocol");
        // A length of more than 127 says in its first byte how many bytes follow that are the length.
        int at = 1 + Skip(input[1]);
        if (at + 5 > input.Length && !check.InputEnded) return ExpectResult.Wait;
        if (at + 5 > input.Length || !input.Slice(at, 4).SequenceEqual<byte>([0x02, 0x01, 0x01, 0x61]))
            return Fail(ref check, CheckStatus.Layer7Invalid, 0, "Not LDAPv3 protocol");
        at += 4;
        at += Skip(input[at]);
        if (at + 3 > input.Length && !check.InputEnded) return ExpectResult.Wait;
        if (at + 3 > input.Length) return Fail(ref check, CheckStatus.Layer7Invalid, 0, "Not LDAPv3 protocol");
        int code = input[at + 2];
        if (input[at] != 0x0A || input[at + 1] != 1 || code != 0)
            return Fail(ref check, CheckStatus.Layer7Status, code, "See RFC: http://tools.ietf.org/html/rfc4511#section-4.1.9");
        CheckFinding.Set(ref check, CheckStatus.Layer7Ok, 0, "Success");
        return ExpectResult.Passed;
    }

    private static int Skip(byte length) => length < 0x80 ? 1 : 1 + (length & 0x7F);

    /// <summary>A reply of three digits, over several lines perhaps (RFC 5321 section 4.2).</summary>
    private static ExpectResult Smtp(ref CheckRow check, CheckStep step, ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> rest = input;
        while (true)
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0 && !check.InputEnded) return ExpectResult.Wait;
            ReadOnlySpan<byte> line = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
            bool isReply = line.Length >= 3 && IsDigit(line[0]) && IsDigit(line[1]) && IsDigit(line[2]);
            string text = Encoding.Latin1.GetString(isReply && line.Length > 4 ? line[4..] : line);
            if (!isReply) return Fail(ref check, CheckStatus.Layer7Invalid, 0, text);
            int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
            if (line[0] != '2') return Fail(ref check, CheckStatus.Layer7Status, code, text);
            if (line.Length < 4 || line[3] != '-')
            {
                CheckFinding.Set(ref check, CheckStatus.Layer7Ok, code, text);
                _ = step;
                return ExpectResult.Passed;
            }
            if (end < 0) return Fail(ref check, CheckStatus.Layer7Invalid, 0, text);
            rest = rest[(end + 1)..]; // each turn takes a line of the buffer
        }
    }

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';

    private static ExpectResult Redis(ref CheckRow check, CheckStep step, ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> pong = "+PONG\r\n"u8;
        if (input.StartsWith(pong)) return Pass(ref check, step, "Redis server is ok");
        if (!check.InputEnded) return ExpectResult.Wait;
        return Fail(ref check, CheckStatus.Layer7Status, 0, FirstLine(input));
    }

    private static string FirstLine(ReadOnlySpan<byte> input)
    {
        int end = input.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.Latin1.GetString(end < 0 ? input : input[..end]);
    }

    /// <summary>A TLS record of a handshake, or an alert: whoever sends one speaks TLS (RFC 8446 section 5.1).</summary>
    private static ExpectResult TlsHello(ref CheckRow check, ReadOnlySpan<byte> input)
    {
        if (input.Length < 5 && !check.InputEnded && (input.IsEmpty || input[0] is 0x15 or 0x16)) return ExpectResult.Wait;
        if (input[0] is not (0x15 or 0x16)) return Fail(ref check, CheckStatus.Layer6Invalid, 0, "");
        CheckFinding.Set(ref check, CheckStatus.Layer6Ok, 0, "");
        return ExpectResult.Passed;
    }
}
