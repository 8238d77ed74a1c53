using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Systems.Samples;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// <c>set-fc-mark</c>, <c>set-fc-tos</c>, <c>set-bc-mark</c>, <c>set-bc-tos</c>: what packets to the client or to the
/// server carry for routers and filters (manual section 4.4). <c>set-mark</c> and <c>set-tos</c> are the client's.
/// </summary>
internal static unsafe class SetSocketMark
{
    private sealed class Operands(bool isMark, bool isServers, long value, SampleExpression? expression)
    {
        public readonly bool IsMark = isMark;
        public readonly bool IsServers = isServers;
        public readonly long Value = value;
        public readonly SampleExpression? Expression = expression;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<ActionWord>[] requests = [Words.TcpRequestActions, Words.HttpRequestActions];
        Registry<ActionWord>[] clients =
        [
            Words.TcpConnectionActions, Words.TcpSessionActions, Words.TcpRequestActions, Words.TcpResponseActions,
            Words.HttpRequestActions, Words.HttpResponseActions,
        ];
        foreach (string what in new[] { "mark", "tos" })
        {
            string usage = $"{{ <{what}> | <expr> }}";
            foreach (Registry<ActionWord> set in clients)
            {
                set.Add(new($"set-{what}", usage, &Parse));
                set.Add(new($"set-fc-{what}", usage, &Parse));
            }
            foreach (Registry<ActionWord> set in requests) set.Add(new($"set-bc-{what}", usage, &Parse));
        }
    }

    private static bool Parse(Directive line, ref RuleStep step)
    {
        string text = ParseExpression.WordsOf(line);
        if (text.Length == 0) return ActionLine.Refuse(line, "expects an argument");
        SampleExpression? expression = null;
        if (!TryNumber(text, out long value))
        {
            ParsePlace place = ActionLine.PlaceOf(line);
            expression = ParseExpression.Run(place, text, out string reason);
            if (expression is null) return ActionLine.Refuse(line, reason);
            if ((expression.Row!.Places & place.Places) == 0)
            {
                return ActionLine.Refuse(line, $"fetch method '{expression.Text}' extracts information from "
                    + $"'{SampleNeeds.Of(expression.Row)}', none of which is available here");
            }
        }
        bool isMark = step.Word.EndsWith("mark", StringComparison.Ordinal);
        step.Operands = new Operands(isMark, step.Word.StartsWith("set-bc-", StringComparison.Ordinal), value, expression);
        step.Action = &Set;
        return true;
    }

    /// <summary>Decimal, or hexadecimal behind 0x.</summary>
    private static bool TryNumber(ReadOnlySpan<char> text, out long value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool Set(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        long value = operands.Value;
        if (operands.Expression is { } expression)
        {
            int mark = scope.Scratch.Used;
            Sample sample = default;
            bool isThere = EvaluateExpression.Run(ref scope, expression, ref sample)
                && CastSample.Run(ref scope, ref sample, SampleType.Integer);
            scope.Scratch.Rewind(mark);
            if (!isThere) return true;
            value = sample.Integer;
        }
        if (operands.IsServers) KeepForServer(ref scope, operands.IsMark, value);
        else if (scope.ClientConnection != null && scope.ClientConnection->Fd >= 0 && scope.Operations is { } queue)
        {
            ref Operation option = ref queue.Add();
            option.Kind = OperationKind.SetOption;
            option.Fd = scope.ClientConnection->Fd;
            option.Length = (uint)(operands.IsMark ? SocketSetting.Mark : SocketSetting.TypeOfService);
            option.Value = operands.IsMark ? (int)value : (byte)value;
        }
        return true;
    }

    /// <summary>The connection to the server is made when the rules have ended.</summary>
    private static void KeepForServer(ref Evaluation scope, bool isMark, long value)
    {
        if (scope.Stream == null || scope.OwnTimeouts == null) return;
        if ((scope.Stream->Flags & StreamFlags.HasOwnTimeouts) == 0) *scope.OwnTimeouts = default;
        scope.Stream->Flags |= StreamFlags.HasOwnTimeouts;
        scope.OwnTimeouts->SocketFlags |= isMark ? OutgoingFlags.Mark : OutgoingFlags.TypeOfService;
        if (isMark) scope.OwnTimeouts->Mark = (uint)value;
        else scope.OwnTimeouts->TypeOfService = (byte)value;
    }
}
