using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>set-status status [ reason text ]</c> (manual section 4.4).</summary>
internal static unsafe class SetStatus
{
    private sealed class Operands(ushort status, ByteView reason)
    {
        public readonly ushort Status = status;

        /// <summary>Empty: the usual one.</summary>
        public readonly ByteView Reason = reason;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Words.HttpResponseActions.Add(new("set-status", "<status> [ reason <str> ]", &Parse));
        Words.HttpAfterResponseActions.Add(new("set-status", "<status> [ reason <str> ]", &Parse));
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string word = line.Next();
        if (word.Length == 0)
            return ActionLine.Refuse(line, "expects 1 argument: <status>; or 3 arguments: <status> reason <fmt>");
        if (!int.TryParse(word, out int status) || status is < 100 or > 999)
            return ActionLine.Refuse(line, "expects an integer status code between 100 and 999");
        ByteView reason = default;
        if (line.Peek() == "reason" && line[line.Position + 1] is { Length: > 0 } text)
        {
            reason = ByteView.Literal(text);
            line.Position += 2;
        }
        step.Operands = new Operands((ushort)status, reason);
        step.Action = &Set;
        return true;
    }

    private static bool Set(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        if (!EditedHead.HasRoom(ref scope, operands.Reason.Length - scope.Response->Reason.Length))
            return EditedHead.Fail(ref scope, ref verdict);
        scope.Response->Status = operands.Status;
        scope.Response->Reason = operands.Reason;
        return true;
    }
}
