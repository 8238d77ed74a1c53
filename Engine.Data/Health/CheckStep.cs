using System.Text.RegularExpressions;
using Engine.Data.Kernel;
using Engine.Data.Messages;

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

    /// <summary>A FIN rather than a reset ends the connection (<c>linger</c>).</summary>
    public bool Lingers { get; init; }

    // Send.

    /// <summary>Bytes as they are sent; an HTTP request without its last empty line.</summary>
    public ByteView Bytes { get; init; }

    /// <summary>The body of an HTTP request.</summary>
    public ByteView Body { get; init; }

    // Expect.

    public ExpectKind Expect { get; init; }

    /// <summary><c>!</c>.</summary>
    public bool Inverted { get; init; }

    /// <summary>What is looked for.</summary>
    public ByteView Pattern { get; init; }

    public Regex? Regex { get; init; }

    public FieldExpectation? Field { get; init; }

    /// <summary>Ranges of HTTP statuses, both ends included.</summary>
    public (int Low, int High)[] Statuses { get; init; } = [];

    /// <summary><c>min-recv</c>; -1: none.</summary>
    public int MinimumBytes { get; init; } = -1;

    /// <summary><c>status-code</c>, a constant; 0: none.</summary>
    public int Code { get; init; }

    /// <summary>Statuses to report; Unknown: as the kind has it.</summary>
    public CheckStatus OkStatus { get; init; }

    public CheckStatus ErrorStatus { get; init; }

    public CheckStatus TimeoutStatus { get; init; } = CheckStatus.Layer7Timeout;

    /// <summary>Texts to report, null: as the kind has it.</summary>
    public string? OnSuccess { get; init; }

    public string? OnError { get; init; }

    /// <summary>What is written in the configuration, as messages show it.</summary>
    public string Shown { get; init; } = "";
}
