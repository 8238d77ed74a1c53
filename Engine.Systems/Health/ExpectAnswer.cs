using System;
using System.Text;
using Engine.Data.Health;
using Engine.Data.Messages;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>Looks whether what a server sent is what was expected of it.</summary>
public static unsafe class ExpectAnswer
{
    public static ExpectResult Run(World world, int number, ref CheckRow check, CheckStep step)
    {
        switch (step.Expect)
        {
            case ExpectKind.HttpStatus or ExpectKind.HttpStatusRegex or ExpectKind.HttpField or ExpectKind.HttpBody
                or ExpectKind.HttpBodyRegex:
                return ExpectHttp.Run(world, number, ref check, step);
            case ExpectKind.Any or ExpectKind.Text or ExpectKind.Regex or ExpectKind.Binary or ExpectKind.BinaryRegex:
                break;
            case ExpectKind.AgentWords:
                return ExpectAgent.Run(world, number, ref check);
            default:
                return ExpectProtocol.Run(world, number, ref check, step);
        }
        ReadOnlySpan<byte> input = CheckConnection.Input(world, ref check);
        if (input.IsEmpty && check.InputEnded && step.Expect != ExpectKind.Any) return Empty(world, number, ref check, step);
        ByteView pattern = step.Pattern;
        if (step.PatternOf is { } format
            && !CheckScope.TryBytes(world, number, ref check, format, step.IsHexadecimal, out pattern))
        {
            CheckFinding.Set(ref check, CheckStatus.Layer7Invalid, 0, "TCPCHK invalid log-format string at step "
                + $"{step.Place}{Comment(step)}");
            return ExpectResult.Failed;
        }
        bool tooShort = !check.InputEnded
            && (step.MinimumBytes >= 0 ? input.Length < step.MinimumBytes : input.Length < pattern.Length);
        if (tooShort && (step.MinimumBytes >= 0 || IsPlain(step.Expect))) return ExpectResult.Wait;
        if (input.IsEmpty && !check.InputEnded) return ExpectResult.Wait;
        bool matches = Matches(step, pattern, input);
        // What is not there yet may still come, also where it is not wanted, unless a size was said to be enough.
        if (!matches && !check.InputEnded && step.MinimumBytes < 0) return ExpectResult.Wait;
        if (matches != step.Inverted)
        {
            Passed(world, number, ref check, step);
            return ExpectResult.Passed;
        }
        CheckStatus status = Status(step, CheckStatus.Layer7Invalid);
        string text = (CheckScope.Text(world, number, ref check, null, step.OnError) ?? Failure(step, matches)) + Comment(step);
        CheckFinding.Set(ref check, status, Code(world, number, ref check, null, step, 0), text);
        return ExpectResult.Failed;
    }

    /// <summary>What <c>status-code</c> gives, or the usual.</summary>
    public static int Code(
        World world, int number, ref CheckRow check, MessageHead* head, CheckStep step, int usual) =>
        step.CodeOf is { } expression ? (int)CheckScope.Number(world, number, ref check, head, expression) : usual;

    /// <summary>A status that the step asks for, else the usual one.</summary>
    public static CheckStatus Status(CheckStep step, CheckStatus usual) =>
        step.ErrorStatus != CheckStatus.Unknown ? step.ErrorStatus : usual;

    /// <summary>The peer said nothing and ended.</summary>
    public static ExpectResult Empty(World world, int number, ref CheckRow check, CheckStep step)
    {
        CheckProgram program = RunCheck.Settings(world, number).Program;
        int place = program.Kind switch
        {
            CheckKind.Tcp => step.Place,
            CheckKind.TlsHello => check.Step, // its connection has no number
            _ => check.Step + 1,
        };
        string text = $"TCPCHK got an empty response at step {place}";
        CheckStatus usual = program.Kind == CheckKind.TlsHello ? CheckStatus.Layer6Invalid : CheckStatus.Layer7Invalid;
        CheckFinding.Set(ref check, Status(step, usual), 0, text + Comment(step));
        return ExpectResult.Failed;
    }

    /// <summary>Keeps what a step that went well has to say.</summary>
    public static void Passed(World world, int number, ref CheckRow check, CheckStep step)
    {
        check.FoundCode = Code(world, number, ref check, null, step, 0);
        if (step.OkStatus == CheckStatus.Unknown && step.OnSuccess is null) return;
        CheckStatus status = step.OkStatus == CheckStatus.Unknown ? CheckStatus.Layer7Ok : step.OkStatus;
        string text = CheckScope.Text(world, number, ref check, null, step.OnSuccess) ?? "";
        CheckFinding.Set(ref check, status, check.FoundCode, text);
    }

    public static string Comment(CheckStep step) => step.Comment.Length == 0 ? "" : $" comment: {step.Comment}";

    private static bool IsPlain(ExpectKind kind) => kind is ExpectKind.Text or ExpectKind.Binary;

    private static bool Matches(CheckStep step, ByteView pattern, ReadOnlySpan<byte> input) =>
        step.Expect switch
        {
            ExpectKind.Text or ExpectKind.Binary => input.IndexOf(pattern.Span) >= 0,
            ExpectKind.Regex => PatientMatch.Run(step.Regex!, Encoding.Latin1.GetString(input)),
            ExpectKind.BinaryRegex => PatientMatch.Run(step.Regex!, Convert.ToHexString(input)),
            _ => true,
        };

    private static string Failure(CheckStep step, bool matches)
    {
        string how = matches ? "TCPCHK matched unwanted content" : "TCPCHK did not match content";
        string what = step.Expect switch
        {
            ExpectKind.Text => $"'{step.Shown}'",
            ExpectKind.Regex => "(regex)",
            ExpectKind.Binary => "(binary)",
            _ => "(binary regex)",
        };
        return $"{how} {what} at step {step.Place}";
    }
}
