using System.Text;
using Engine.Data.Health;
using Engine.Data.Worlds;

namespace Engine.Systems.Health;

/// <summary>What is told about failures of checks, in the reference's words.</summary>
public static class CheckTexts
{
    private const int NetworkUnreachable = 101;
    private const int ConnectionReset = 104;

    public static string ConnectFailure(World world, int number, in CheckRow check, int errno) =>
        errno == NetworkUnreachable
            ? $"General socket error ({ErrnoWords.Text(errno)}){Place(world, number, check)}" // the call itself failed
            : $"{ErrnoWords.Name(errno)} returned by OS ({ErrnoWords.Text(errno)}){Place(world, number, check)}";

    public static string Reset(World world, int number, in CheckRow check) =>
        ConnectFailure(world, number, check, ConnectionReset);

    public static string Timeout(World world, int number, in CheckRow check) => Place(world, number, check);

    /// <summary>Where in a script it was; nothing for other checks.</summary>
    public static string Place(World world, int number, in CheckRow check)
    {
        CheckProgram program = RunCheck.Settings(world, number).Program;
        if (program.Kind != CheckKind.Tcp) return "";
        CheckStep step = program.Steps[check.Step];
        StringBuilder text = new();
        if (step.Place == 0) text.Append(" at initial connection step of tcp-check");
        else text.Append(" at step ").Append(step.Place).Append(" of tcp-check (").Append(Describe(step)).Append(')');
        if (step.Comment.Length > 0) text.Append(" comment: '").Append(step.Comment).Append('\'');
        return text.ToString();
    }

    private static string Describe(CheckStep step)
    {
        switch (step.Kind)
        {
            case CheckStepKind.Connect:
                return step.Port != 0 ? $"connect port {step.Port}" : "connect";
            case CheckStepKind.Send or CheckStepKind.SendHttp:
                return "send";
        }
        return step.Expect switch
        {
            ExpectKind.Text => $"expect string '{step.Shown}'",
            ExpectKind.Binary => $"expect binary '{step.Shown}'",
            ExpectKind.Regex => "expect regex",
            ExpectKind.BinaryRegex => "expect binary regex",
            _ => "expect custom function",
        };
    }
}
