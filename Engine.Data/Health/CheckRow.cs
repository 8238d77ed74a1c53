using System.Runtime.CompilerServices;
using Engine.Data.Buffers;

namespace Engine.Data.Health;

/// <summary>
/// A check of one server, health or agent: what it found last, and how far the one under way has come. A running check
/// belongs to the thread that runs it; what it found is written under the server's lock.
/// </summary>
public struct CheckRow
{
    public CheckFlags Flags;
    public CheckStatus Status;
    public CheckVerdict Verdict;

    /// <summary>Status that the one under way, or the last, will be judged by.</summary>
    public CheckStatus Found;

    /// <summary>0 to rise + fall - 1; the server is up from rise on.</summary>
    public int Health;

    /// <summary>HTTP status or the number that a script told; of the one under way, and of the last.</summary>
    public int FoundCode;

    public int Code;

    /// <summary>Milliseconds it took, -1 before the first has ended.</summary>
    public int DurationMs;

    /// <summary>Monotonic clock when the one under way began, nanoseconds.</summary>
    public long StartedNanoseconds;

    /// <summary>Row of its connection in the world of its thread, none when there is none.</summary>
    public uint Connection;

    /// <summary>Step of the program that is to be done next, and the one whose time runs.</summary>
    public int Step;

    /// <summary>Bytes received and not yet dropped: a standard buffer, lent while there are some.</summary>
    public BufferRef Input;

    public int InputLength;

    /// <summary>The same bytes as expressions see them, while one is evaluated.</summary>
    public BufferChain Seen;

    /// <summary>The peer will send no more.</summary>
    public bool InputEnded;

    /// <summary>A reset ended what it sent.</summary>
    public bool InputBroken;

    /// <summary>Runs where it was handed to: not to be handed on again.</summary>
    public bool HandedOver;

    /// <summary>Bytes of the texts below.</summary>
    public uint TextLength;

    public uint FoundTextLength;

    /// <summary>What it found, in words.</summary>
    public CheckText Text;

    public CheckText FoundText;

    /// <summary>Length of a text at most.</summary>
    public const int TextMax = 240;

    /// <summary>Bytes of a text.</summary>
    [InlineArray(TextMax)]
    public struct CheckText
    {
        private byte first;
    }
}
