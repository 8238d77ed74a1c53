using System;
using System.Text;
using Engine.Data.Health;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>Looks whether what a server sent is what was expected of it.</summary>
public static class ExpectAnswer
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
        bool tooShort = !check.InputEnded
            && (step.MinimumBytes >= 0 ? input.Length < step.MinimumBytes : input.Length < step.Pattern.Length);
        if (tooShort && (step.MinimumBytes >= 0 || IsPlain(step.Expect))) return ExpectResult.Wait;
        if (input.IsEmpty && !check.InputEnded) return ExpectResult.Wait;
        bool matches = Matches(step, input);
        if (matches != step.Inverted)
        {
            Passed(ref check, step);
            return ExpectResult.Passed;
        }
        if (!matches && !check.InputEnded && step.MinimumBytes < 0) return ExpectResult.Wait;
        CheckStatus status = Status(step, CheckStatus.Layer7Invalid);
        CheckFinding.Set(ref check, status, step.Code, Failure(step, matches));
        return ExpectResult.Failed;
    }

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
    public static void Passed(ref CheckRow check, CheckStep step)
    {
        if (step.OkStatus == CheckStatus.Unknown && step.OnSuccess is null) return;
        CheckStatus status = step.OkStatus == CheckStatus.Unknown ? CheckStatus.Layer7Ok : step.OkStatus;
        CheckFinding.Set(ref check, status, step.Code, step.OnSuccess ?? "");
    }

    public static string Comment(CheckStep step) => step.Comment.Length == 0 ? "" : $" comment: {step.Comment}";

    private static bool IsPlain(ExpectKind kind) => kind is ExpectKind.Text or ExpectKind.Binary;

    private static bool Matches(CheckStep step, ReadOnlySpan<byte> input) =>
        step.Expect switch
        {
            ExpectKind.Text or ExpectKind.Binary => input.IndexOf(step.Pattern.Span) >= 0,
            ExpectKind.Regex => step.Regex!.IsMatch(Encoding.Latin1.GetString(input)),
            ExpectKind.BinaryRegex => step.Regex!.IsMatch(Convert.ToHexString(input)),
            _ => true,
        };

    private static string Failure(CheckStep step, bool matches)
    {
        if (step.OnError is not null) return step.OnError + Comment(step);
        string how = matches ? "TCPCHK matched unwanted content" : "TCPCHK did not match content";
        string what = step.Expect switch
        {
            ExpectKind.Text => $"'{step.Shown}'",
            ExpectKind.Regex => "(regex)",
            ExpectKind.Binary => "(binary)",
            _ => "(binary regex)",
        };
        return $"{how} {what} at step {step.Place}{Comment(step)}";
    }
}
