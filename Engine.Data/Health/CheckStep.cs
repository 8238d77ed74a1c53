using System.Text.RegularExpressions;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Data.Health;

/// <summary>One step of a check. Immutable once compiled.</summary>
public sealed class CheckStep
{
    public CheckStepKind Kind { get; init; }

    /// <summary><c>comment</c>; empty: none.</summary>
    public string Comment { get; set; } = "";

    /// <summary>Number in the configuration, from 1; 0: nobody wrote it, as the connect before a script.</summary>
    public int Place { get; private set; }

    /// <summary>The same step with its number and comment.</summary>
    public CheckStep WithPlace(int place, string comment)
    {
        CheckStep copy = (CheckStep)MemberwiseClone();
        copy.Place = place;
        copy.Comment = comment;
        return copy;
    }

    // Connect.

    /// <summary><c>port</c>; 0: the check's own.</summary>
    public int Port { get; init; }

    /// <summary><c>addr</c>; family Unspecified: the check's own.</summary>
    public SocketAddress Address { get; init; }

    /// <summary><c>port</c> as an expression; null: <see cref="Port"/>.</summary>
    public SampleExpression? PortOf { get; set; }

    /// <summary>
    /// TLS, PROXY header, SOCKS and protocols are as the server line has them: <c>default</c>, and connections that no
    /// rule asks for. Otherwise they are what the rule says.
    /// </summary>
    public bool IsDefault { get; init; }

    /// <summary><c>ssl</c>.</summary>
    public bool Encrypts { get; init; }

    /// <summary><c>sni</c>, ended by a zero byte; empty: none is sent.</summary>
    public ByteView ServerName { get; init; }

    /// <summary><c>alpn</c> as it is offered; empty: as the context of the server has it.</summary>
    public ByteView Protocols { get; init; }

    /// <summary><c>proto</c>.</summary>
    public WireProtocol Protocol { get; init; }

    /// <summary><c>send-proxy</c>.</summary>
    public bool SendsProxy { get; init; }

    /// <summary><c>via-socks4</c>.</summary>
    public bool ViaSocks { get; init; }

    /// <summary>A FIN rather than a reset ends the connection (<c>linger</c>).</summary>
    public bool Lingers { get; init; }

    // Send.

    /// <summary>Bytes as they are sent; an HTTP request without its last empty line.</summary>
    public ByteView Bytes { get; init; }

    /// <summary>The body of an HTTP request.</summary>
    public ByteView Body { get; init; }

    /// <summary>The same as formats, evaluated for each check; null: they are constant.</summary>
    public LogProgram? BytesOf { get; init; }

    public LogProgram? BodyOf { get; init; }

    /// <summary>A request of HTTP/1.1 says that its connection ends.</summary>
    public bool ClosesConnection { get; init; } = true;

    /// <summary>A request of HTTP/1.0 says that its connection goes on.</summary>
    public bool KeepsConnection { get; init; }

    /// <summary>The format gives hexadecimal digits: what they stand for is sent, or expected.</summary>
    public bool IsHexadecimal { get; init; }

    // Assign.

    public CheckAssignment? Assignment { get; init; }

    // Expect.

    public ExpectKind Expect { get; init; }

    /// <summary><c>!</c>.</summary>
    public bool Inverted { get; init; }

    /// <summary>What is looked for.</summary>
    public ByteView Pattern { get; init; }

    /// <summary>The same as a format; null: it is constant.</summary>
    public LogProgram? PatternOf { get; init; }

    public Regex? Regex { get; init; }

    public FieldExpectation? Field { get; init; }

    /// <summary>Ranges of HTTP statuses, both ends included.</summary>
    public (int Low, int High)[] Statuses { get; init; } = [];

    /// <summary><c>min-recv</c>; -1: none.</summary>
    public int MinimumBytes { get; init; } = -1;

    /// <summary><c>status-code</c>; null: none.</summary>
    public SampleExpression? CodeOf { get; init; }

    /// <summary>Statuses to report; Unknown: as the kind has it.</summary>
    public CheckStatus OkStatus { get; init; }

    public CheckStatus ErrorStatus { get; init; }

    public CheckStatus TimeoutStatus { get; init; } = CheckStatus.Layer7Timeout;

    /// <summary>Texts to report, null: as the kind has it.</summary>
    public LogProgram? OnSuccess { get; init; }

    public LogProgram? OnError { get; init; }

    /// <summary>What is written in the configuration, as messages show it.</summary>
    public string Shown { get; init; } = "";
}
