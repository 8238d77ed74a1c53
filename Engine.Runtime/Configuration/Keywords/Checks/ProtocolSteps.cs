using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Health;
using Engine.Data.Messages;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>What is said to databases, mail servers and the like, and what they are to answer.</summary>
internal static class ProtocolSteps
{
    /// <summary>The steps behind the connection.</summary>
    public static CheckStep[] Of(CheckPart part, int bufferSize) =>
        part.Kind switch
        {
            CheckKind.Mysql => Mysql(part),
            CheckKind.Pgsql => [Send(PgsqlStartup(part.Argument)), Expect(ExpectKind.PgsqlAnswer)],
            CheckKind.Redis => [Send("*1\r\n$4\r\nPING\r\n"u8), Expect(ExpectKind.RedisPong)],
            CheckKind.Smtp => Smtp(part),
            CheckKind.Ldap => [Send(LdapBind), Expect(ExpectKind.LdapAnswer)],
            CheckKind.Spop => [Send(SpopHello(bufferSize)), Expect(ExpectKind.SpopHello)],
            _ => [Send(TlsClientHello()), Expect(ExpectKind.TlsHello, CheckStatus.Layer6Timeout)],
        };

    private static CheckStep Send(ReadOnlySpan<byte> bytes) =>
        new() { Kind = CheckStepKind.Send, Bytes = ByteView.Literal(bytes) };

    private static CheckStep Expect(ExpectKind kind, CheckStatus timeout = CheckStatus.Layer7Timeout) =>
        new() { Kind = CheckStepKind.Expect, Expect = kind, TimeoutStatus = timeout };

    private static CheckStep[] Smtp(CheckPart part) =>
    [
        Expect(ExpectKind.SmtpAnswer),
        Send(Encoding.Latin1.GetBytes($"{part.Argument}\r\n")),
        Expect(ExpectKind.SmtpAnswer),
        Send("QUIT\r\n"u8),
        Expect(ExpectKind.SmtpAnswer),
    ];

    /// <summary>Without a user the greeting is enough; with one the log-in must be answered without an error.</summary>
    private static CheckStep[] Mysql(CheckPart part)
    {
        if (part.Argument.Length == 0) return [Expect(ExpectKind.MysqlGreeting)];
        byte[] login = MysqlLogin(part.Argument, part.Variant);
        // Quit follows at once: the server answers the log-in before it reads it.
        return
        [
            Send([.. login, 1, 0, 0, 0, 1]),
            Expect(ExpectKind.MysqlGreeting),
            Expect(ExpectKind.MysqlAnswer),
        ];
    }

    /// <summary>HandshakeResponse320, or HandshakeResponse41 with UTF-8 and no password (MySQL client protocol).</summary>
    private static byte[] MysqlLogin(string user, string variant)
    {
        List<byte> body = [];
        if (variant == "pre-41")
        {
            body.AddRange([0x00, 0x80, 0x00, 0x00, 0x01]);
        }
        else
        {
            body.AddRange([0x00, 0x82, variant == "post-80" ? (byte)0x08 : (byte)0, 0x00]);
            body.AddRange([0x00, 0x80, 0x00, 0x01]);
            body.Add(0x21);
            body.AddRange(new byte[23]);
        }
        body.AddRange(Encoding.Latin1.GetBytes(user));
        body.AddRange([0, 0]); // the end of the name, and a password of no bytes
        if (variant == "post-80") body.AddRange("mysql_native_password\0"u8);
        int length = body.Count;
        return [(byte)length, (byte)(length >> 8), (byte)(length >> 16), 1, .. body];
    }

    /// <summary>StartupMessage of protocol 3.0 (PostgreSQL frontend/backend protocol, section 55.7).</summary>
    private static byte[] PgsqlStartup(string user)
    {
        byte[] name = Encoding.Latin1.GetBytes(user);
        byte[] message = new byte[4 + 4 + 5 + name.Length + 2];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), 3 << 16);
        "user\0"u8.CopyTo(message.AsSpan(8));
        name.CopyTo(message, 13);
        return message;
    }

    /// <summary>An anonymous simple bind of version 3, message 1 (RFC 4511 section 4.2).</summary>
    private static ReadOnlySpan<byte> LdapBind =>
        [0x30, 0x0C, 0x02, 0x01, 0x01, 0x60, 0x07, 0x02, 0x01, 0x03, 0x04, 0x00, 0x80, 0x00];

    /// <summary>The HELLO of the stream processing offload protocol, version 2.0, that asks for a health check alone.</summary>
    private static byte[] SpopHello(int bufferSize)
    {
        List<byte> frame = [1, 0, 0, 0, 1, 0, 0]; // its type, the final part, stream 0, frame 0
        AddName(frame, "supported-versions");
        frame.Add(8);
        AddName(frame, "2.0");
        AddName(frame, "max-frame-size");
        frame.Add(3);
        AddNumber(frame, bufferSize - 4);
        AddName(frame, "capabilities");
        frame.AddRange([8, 0]);
        AddName(frame, "healthcheck");
        frame.Add(0x11); // a boolean that is true
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, frame.Count);
        return [.. length, .. frame];
    }

    private static void AddName(List<byte> frame, string name)
    {
        frame.Add((byte)name.Length);
        frame.AddRange(Encoding.ASCII.GetBytes(name));
    }

    /// <summary>A number of variable length: up to 240 in one byte, else four bits and groups of seven.</summary>
    private static void AddNumber(List<byte> frame, long number)
    {
        if (number < 240)
        {
            frame.Add((byte)number);
            return;
        }
        frame.Add((byte)(number | 0xF0));
        number = (number - 240) >> 4;
        while (number >= 128)
        {
            frame.Add((byte)(number | 0x80));
            number = (number - 128) >> 7;
        }
        frame.Add((byte)number);
    }

    /// <summary>
    /// A ClientHello of SSL 3.0 (RFC 6101 section 5.6.1.2), which every server answers, if only with an alert. No secret is
    /// made of it, so its random bytes need not be random.
    /// </summary>
    private static byte[] TlsClientHello()
    {
        List<byte> body = [3, 0, .. "Sluice asks: is a server here ? "u8, 0];
        ReadOnlySpan<byte> suites = [0x00, 0x05, 0x00, 0x0A, 0x00, 0x2F, 0x00, 0x35, 0x00, 0x39, 0x00, 0x16];
        body.AddRange([0, (byte)suites.Length, .. suites, 1, 0]);
        byte[] handshake = [1, 0, 0, (byte)body.Count, .. body];
        return [0x16, 3, 0, 0, (byte)handshake.Length, .. handshake];
    }
}
