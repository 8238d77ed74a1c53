using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Http1;
using Engine.Systems.Samples.Fetches;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>replace-header</c> looks at whole fields, <c>replace-value</c> at each of the values between commas; what
/// matches is replaced as a whole (manual section 4.4).
/// </summary>
internal static unsafe class ReplaceHeader
{
    private sealed class Operands(HeaderName name, Replacement replacement)
    {
        public readonly HeaderName Name = name;
        public readonly Replacement Replacement = replacement;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ActionWord>[] sets =
            [Words.HttpRequestActions, Words.HttpResponseActions, Words.HttpAfterResponseActions];
        foreach (Registry<ActionWord> set in sets)
        {
            set.Add(new("replace-header", "<name> <match-regex> <replace-fmt>", &ParseHeader));
            set.Add(new("replace-value", "<name> <match-regex> <replace-fmt>", &ParseValue));
        }
    }

    private static bool ParseHeader(Directive line, ref RuleStep step)
    {
        step.Action = &ReplaceFields;
        return Parse(line, ref step);
    }

    private static bool ParseValue(Directive line, ref RuleStep step)
    {
        step.Action = &ReplaceValues;
        return Parse(line, ref step);
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string name = line.Next();
        string expression = line.Next();
        if (name.Length == 0 || expression.Length == 0 || line.AtEnd)
            return ActionLine.Refuse(line, "expects exactly 3 arguments");
        string format = line.Next();
        if (GroupRegex.Compile(expression, ignoreCase: false, out string error) is not { } regex)
            return ActionLine.Refuse(line, error);
        if (ActionLine.Format(line, format) is not { } program) return false;
        step.Operands = new Operands(HeaderName.Of(name), new Replacement(regex, program));
        return true;
    }

    private static bool ReplaceFields(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        MessageHead* head = EditedHead.Of(ref scope);
        int count = head->FieldCount;
        for (int i = 0; i < count; i++)
        {
            ref HeaderField field = ref MessageHead.FieldArray(head)[i];
            if (!operands.Name.IsNameOf(in field)) continue;
            if (!operands.Replacement.TryRun(ref scope, field.ValueView, out ByteView text, out bool found)
                || !EditedHead.IsClean(text.Span))
            {
                return EditedHead.Fail(ref scope, ref verdict);
            }
            if (!found) continue;
            if (!EditedHead.HasRoom(ref scope, text.Length - field.ValueLength)
                || !EditedHead.FollowHost(ref scope, field.Known, text))
            {
                return EditedHead.Fail(ref scope, ref verdict);
            }
            EditFields.SetValue(head, i, text);
        }
        return true;
    }

    private static bool ReplaceValues(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        MessageHead* head = EditedHead.Of(ref scope);
        int field = 0;
        int offset = 0;
        while (true)
        {
            // The cursor stays on the field while it has parts: its number tells which field a part is of.
            if (!HeaderValues.TryNext(head, operands.Name, parts: true, ref field, ref offset, out ByteView value))
                return true;
            if (!operands.Replacement.TryRun(ref scope, value, out ByteView text, out bool found)
                || !EditedHead.IsClean(text.Span))
            {
                return EditedHead.Fail(ref scope, ref verdict);
            }
            if (!found) continue;
            ref HeaderField current = ref MessageHead.FieldArray(head)[field];
            int before = (int)(value.Start - current.Value);
            int behind = before + value.Length;

            // The blanks around a value go with it.
            while (before > 0 && current.Value[before - 1] is (byte)' ' or (byte)'\t') before--;
            while (behind < current.ValueLength && current.Value[behind] is (byte)' ' or (byte)'\t') behind++;
            TextBuilder whole = new(scope.Scratch.Free);
            whole.Add(current.ValueSpan[..before]);
            whole.Add(text);
            whole.Add(current.ValueSpan[behind..]);
            if (!whole.TryCommit(ref scope.Scratch, out ByteView edited)
                || !EditedHead.HasRoom(ref scope, edited.Length - current.ValueLength)
                || !EditedHead.FollowHost(ref scope, current.Known, edited))
            {
                return EditedHead.Fail(ref scope, ref verdict);
            }
            EditFields.SetValue(head, field, edited);
            int end = before + text.Length;
            int comma = edited.Span[end..].IndexOf((byte)',');
            offset = comma < 0 ? edited.Length + 1 : end + comma + 1;
        }
    }
}
