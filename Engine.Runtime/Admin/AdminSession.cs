using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Admin;

/// <summary>
/// A Runtime API connection without its socket: bytes come in, answers come out, a command at a time.
/// Whoever owns the socket sends what is in <see cref="Output"/> before it asks for more, so a peer that
/// does not read holds up itself alone.
/// </summary>
public sealed class AdminSession
{
    /// <summary>Words of a command.</summary>
    public const int WordsMax = 64;

    private const string LineTooLong =
        "The command line is too big for the buffer size. Please change 'tune.bufsize' in the configuration "
        + "to use a bigger command.";

    private readonly byte[] input;
    private readonly Queue<string[]> commands = new();
    private int inputStart;
    private int inputEnd;
    private bool inputEnded;
    private MemoryStream? payload;
    private byte[] pattern = [];
    private bool payloadRead;
    private bool owesPayloadPrompt;
    private Func<bool>? awaited;
    private Action? afterWait;
    private bool waitIsLast;
    private IEnumerator<object>? pieces;
    private bool piecesAreLast;

    /// <param name="services">What commands may ask of the engine.</param>
    /// <param name="level">What the connection may do at most.</param>
    /// <param name="timeoutMs">Milliseconds of silence after which its owner closes it.</param>
    public AdminSession(AdminServices services, AdminLevel level, uint timeoutMs)
    {
        Services = services;
        Level = level;
        TimeoutMs = timeoutMs;
        input = new byte[Math.Max(1024, services.LineMax)];
    }

    public AdminServices Services { get; }

    public AdminOutput Output { get; } = new();

    public AdminMode Mode { get; set; }

    /// <summary>The prompt shows how long the process has run.</summary>
    public bool TimedPrompt { get; set; }

    public AdminLevel Level { get; private set; }

    /// <summary>It may ask for the listening sockets.</summary>
    public bool ExposesListeners { get; init; }

    /// <summary>It asked for them: its owner hands them over and closes it.</summary>
    public bool WantsListeners { get; set; }

    /// <summary>What messages begin with.</summary>
    public AdminSeverityOutput SeverityOutput { get; set; }

    public bool Expert { get; set; }

    public bool Experimental { get; set; }

    public uint TimeoutMs { get; set; }

    /// <summary>Hides names and addresses.</summary>
    internal Anonymizer Anonymous { get; set; }

    /// <summary>Nothing more will be read or done: to be closed once the output was sent.</summary>
    public bool Done { get; private set; }

    /// <summary>A command waits: nothing behind it is done.</summary>
    public bool IsWaiting => awaited is not null;

    /// <summary>When the wait ends at the latest, on the clock of <see cref="Environment.TickCount64"/>.</summary>
    public long WaitUntilMs { get; private set; }

    /// <summary>The command that runs ends later.</summary>
    /// <param name="delayMs">At the latest after so many milliseconds.</param>
    /// <param name="isOver">Whether it ends now; asked a few times a second.</param>
    /// <param name="answer">Answers for it.</param>
    public void WaitFor(uint delayMs, Func<bool> isOver, Action answer)
    {
        WaitUntilMs = Environment.TickCount64 + delayMs;
        awaited = isOver;
        afterWait = answer;
    }

    /// <summary>An answer is under way: each <see cref="Step"/> adds a piece of it, and nothing behind it is done.</summary>
    public bool IsStreaming => pieces is not null;

    /// <summary>
    /// The command that runs answers with these, made one at a time as the peer takes them. Commands of other
    /// connections run in between: what the pieces are made of may change meanwhile.
    /// </summary>
    public void AnswerWith(IEnumerable<string> text) => pieces = text.GetEnumerator();

    /// <summary>The same with pieces that are made in one place, each when the one before was taken.</summary>
    public void AnswerWith(IEnumerable<StringBuilder> text) => pieces = text.GetEnumerator();

    /// <summary>Where received bytes go. Empty: call <see cref="Step"/> first.</summary>
    public Span<byte> InputSpace
    {
        get
        {
            if (inputStart > 0)
            {
                input.AsSpan(inputStart, inputEnd - inputStart).CopyTo(input);
                inputEnd -= inputStart;
                inputStart = 0;
            }
            return input.AsSpan(inputEnd);
        }
    }

    /// <summary>So many bytes were put into <see cref="InputSpace"/>; 0: the peer sends no more.</summary>
    public void Received(int count)
    {
        inputEnd += count;
        inputEnded |= count == 0;
    }

    /// <summary>
    /// Does one thing: runs a command or takes a line. False when there is nothing to do but wait for input.
    /// </summary>
    public bool Step()
    {
        if (Done) return false;
        if (awaited is not null) return EndWait();
        if (pieces is not null)
        {
            AddPiece();
            return true;
        }
        if (commands.Count > 0 && (payload is null || payloadRead))
        {
            RunNext();
            return true;
        }
        if (TakeLine(out ReadOnlySpan<byte> line))
        {
            if (payload is not null) TakePayloadLine(line);
            else BeginLine(line);
            return true;
        }
        if (inputEnded)
        {
            // A line without its end is no command: the peer may have been cut off in the middle of it.
            Done = true;
        }
        else if (payload is null && inputEnd - inputStart == input.Length)
        {
            Output.AddLine(LineTooLong);
            Done = true;
        }
        else if (owesPayloadPrompt)
        {
            owesPayloadPrompt = false;
            if (Mode == AdminMode.Prompt) Output.Add("+ "u8);
        }
        return false;
    }

    /// <summary>Ends the connection after the command that runs.</summary>
    public void Quit() => Done = true;

    /// <summary>Takes rights away; false when the level would rise.</summary>
    public bool TryLower(AdminLevel level)
    {
        if (level > Level) return false;
        Level = level;
        Expert = false;
        Experimental = false;
        return true;
    }

    /// <summary>Answers with one message, behind its severity where that is asked for.</summary>
    public void Tell(AdminSeverity severity, string message)
    {
        if (SeverityOutput == AdminSeverityOutput.Number) Output.Add($"[{(int)severity}]: ");
        else if (SeverityOutput == AdminSeverityOutput.String) Output.Add($"[{NameOf(severity)}]: ");
        Output.AddLine(message);
    }

    private static string NameOf(AdminSeverity severity) => severity switch
    {
        AdminSeverity.Error => "err",
        AdminSeverity.Warning => "warning",
        AdminSeverity.Notice => "notice",
        _ => "info",
    };

    private bool TakeLine(out ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> waiting = input.AsSpan(inputStart, inputEnd - inputStart);
        int length = payload is null ? AdminLine.EndOf(waiting) : waiting.IndexOf((byte)'\n');
        // A payload may have lines of any length: what fills the buffer is taken as it is.
        bool piece = length < 0 && payload is not null && waiting.Length == input.Length;
        if (length < 0 && !piece)
        {
            line = default;
            return false;
        }
        line = piece ? waiting : waiting[..length];
        inputStart += piece ? waiting.Length : length + 1;
        return true;
    }

    private void BeginLine(ReadOnlySpan<byte> line)
    {
        if (AdminLine.TryTakePayload(line, out ReadOnlySpan<byte> rest, out pattern))
        {
            payload = new MemoryStream();
            payloadRead = false;
            owesPayloadPrompt = true;
        }
        foreach (string[] words in AdminLine.Split(rest)) commands.Enqueue(words);
    }

    private void TakePayloadLine(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.EndsWith("\r"u8) ? line[..^1] : line;
        if (text.SequenceEqual(pattern))
        {
            payloadRead = true;
            owesPayloadPrompt = false;
            return;
        }
        owesPayloadPrompt = true;
        payload!.Write(line);
        if (line.Length < input.Length) payload.Write("\n"u8);
        if (payload.Length <= Services.Configuration.Globals.AdminPayloadMax) return;
        Output.AddLine("The payload is too big for 'tune.cli.max-payload-size'.");
        Done = true;
    }

    private void RunNext()
    {
        string[] words = commands.Dequeue();
        bool last = commands.Count == 0;
        int before = Output.Count;
        if (words.Length > WordsMax)
            Tell(AdminSeverity.Error, $"Too many arguments. Commands must have at most {WordsMax} arguments.");
        else if (words.Length > 0) Run(words, last && payload is not null ? payload.ToArray() : null);
        if (awaited is not null)
        {
            waitIsLast = last;
            return;
        }
        if (pieces is not null)
        {
            piecesAreLast = last;
            return;
        }
        if (Done && Output.Count == before) return; // quit says nothing, not even that it is done
        Output.Add("\n"u8);
        if (last) EndLine();
    }

    private void Run(string[] words, byte[]? data)
    {
        CliCommand? command = AdminCommands.Find(words, out int count);
        if (command is null)
        {
            AdminCommands.AnswerUnknown(words, this);
            return;
        }
        if ((command.Expert && !Expert) || (command.Experimental && !Experimental))
        {
            Tell(AdminSeverity.Error, $"This command is restricted to {(command.Expert ? "expert" : "experimental")} mode only.");
            return;
        }
        if (command.Level > Level)
        {
            Tell(AdminSeverity.Error, "Permission denied");
            return;
        }
        if (command.Expert) Interlocked.Or(ref Services.Tainted, AdminServices.TaintedByExpert);
        if (command.Experimental) Interlocked.Or(ref Services.Tainted, AdminServices.TaintedByExperiment);
        try
        {
            ((AdminCommandRun)command.Run)(new AdminRequest(this, words, count, data));
        }
        catch (Exception failure)
        {
            AnswerFailure(failure);
        }
    }

    /// <summary>
    /// A command is the one place where a fault of ours must not end the process: it may be how an operator finds
    /// out what is wrong.
    /// </summary>
    private void AnswerFailure(Exception failure) =>
        Output.AddLine($"Internal error: {failure.GetType().Name}: {failure.Message}");

    private void AddPiece()
    {
        bool more = false;
        try
        {
            more = pieces!.MoveNext();
            if (more && pieces.Current is StringBuilder text) Output.Add(text);
            else if (more) Output.Add((string)pieces.Current);
        }
        catch (Exception failure)
        {
            AnswerFailure(failure);
        }
        if (more) return;
        pieces = null;
        Output.Add("\n"u8);
        if (piecesAreLast) EndLine();
    }

    /// <summary>Ends the command that waits, if it is time to.</summary>
    private bool EndWait()
    {
        if (!awaited!() && Environment.TickCount64 < WaitUntilMs) return false;
        awaited = null;
        afterWait!();
        Output.Add("\n"u8);
        if (waitIsLast) EndLine();
        return true;
    }

    private void EndLine()
    {
        payload = null;
        payloadRead = false;
        if (Mode == AdminMode.SingleLine) Done = true;
        else if (Mode == AdminMode.Prompt) Output.Add(TimedPrompt ? $"[{Services.UptimeText()}]> " : "> ");
    }
}
