using System;
using System.Text;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Rules;
using Engine.Systems.Samples;
using Engine.Systems.Samples.Variables;

namespace Engine.Systems.Health;

/// <summary>
/// What expressions and formats of checks see: the server and its backend, the variables of the check, and what was
/// received (manual section 4.2, <c>tcp-check</c> and <c>http-check</c>). There is no client and no stream.
/// </summary>
public static unsafe class CheckScope
{
    /// <param name="world">The thread's world.</param>
    /// <param name="number">Number of the check.</param>
    /// <param name="check">The check.</param>
    /// <param name="head">The response that it looks at, or null.</param>
    /// <param name="scope">What may be read.</param>
    public static void Begin(World world, int number, ref CheckRow check, MessageHead* head, out Evaluation scope)
    {
        CompiledConfiguration configuration = world.Configuration;
        scope = default;
        scope.Configuration = configuration;
        scope.Server = configuration.Servers[number / SharedWorld.ChecksPerServer];
        scope.Backend = configuration.Proxies[scope.Server.Backend];
        scope.Frontend = scope.Backend;
        scope.Shared = world.Shared;
        scope.Thread = world.Thread;
        scope.Process = world.Process;
        scope.Dates = world.Dates;
        scope.Random = world.Random;
        scope.NowMs = world.NowMs;
        scope.WallMicroseconds = world.WallMicroseconds;
        scope.ProcessVariables = world.Shared.Variables;
        scope.CheckVariables = world.Shared.CheckVariables.Of((uint)number);
        scope.UniqueId = world.Shared.CheckIds.Of((uint)number);
        scope.Response = head;
        scope.InResponse = head != null;
        scope.Buffers = world.Buffers;
        scope.Scratch = new Scratch(world.LineScratch, world.Heads.ScratchSize);
        if (check.Connection != Table.NoRow)
        {
            scope.ServerConnection = world.Connection.Address(check.Connection);
            scope.ServerSource = world.ServerSource.Address(check.Connection);
        }
        if (check.Input.IsNone || check.InputLength == 0) return;
        ref BufferSegment segment = ref world.Buffers.Segment(check.Input);
        segment.Start = 0;
        segment.End = check.InputLength;
        segment.Next = BufferRef.None;
        check.Seen = new BufferChain { Head = check.Input, Tail = check.Input, Length = check.InputLength };
        scope.ServerInput = &world.Shared.CheckAddress(number)->Seen;
    }

    /// <summary>The text of a format; null when there is none, or it does not fit.</summary>
    public static string? Text(World world, int number, ref CheckRow check, MessageHead* head, LogProgram? format)
    {
        if (format is null) return null;
        Begin(world, number, ref check, head, out Evaluation scope);
        return MakeText.TryRun(ref scope, format, out ByteView text) ? Encoding.Latin1.GetString(text.Span) : null;
    }

    /// <summary>
    /// The bytes of a format, which stand in the thread's scratch area. False: too long, or no hexadecimal digits.
    /// </summary>
    public static bool TryBytes(
        World world, int number, ref CheckRow check, LogProgram format, bool isHexadecimal, out ByteView bytes)
    {
        Begin(world, number, ref check, null, out Evaluation scope);
        if (!MakeText.TryRun(ref scope, format, out bytes)) return false;
        if (!isHexadecimal) return true;
        Span<byte> room = scope.Scratch.Free;
        bool isWhole = bytes.Length <= room.Length * 2
            && Convert.FromHexString(bytes.Span, room, out int consumed, out int written)
                == System.Buffers.OperationStatus.Done
            && consumed == bytes.Length
            && Keep(ref scope, written, out bytes);
        return isWhole;
    }

    /// <summary>The number that an expression gives; 0 where it gives none.</summary>
    public static long Number(World world, int number, ref CheckRow check, MessageHead* head, SampleExpression expression)
    {
        Begin(world, number, ref check, head, out Evaluation scope);
        Sample sample = default;
        return EvaluateExpression.RunAs(ref scope, expression, SampleType.Integer, ref sample) ? sample.Integer : 0;
    }

    /// <summary>Sets or unsets a variable; without a value it stays as it is.</summary>
    public static void Assign(World world, int number, ref CheckRow check, CheckAssignment assignment)
    {
        bool mayAnswer = RunCheck.Settings(world, number).Program.Kind == CheckKind.Http && check.InputLength > 0;
        MessageHead* head = mayAnswer ? world.Heads.Take() : null;
        bool answers = head != null
            && ExpectHttp.ParseFinal(world, CheckConnection.Input(world, ref check), head, out _) == HeadResult.Ok;
        Assign(world, number, ref check, answers ? head : null, assignment);
        if (head != null) world.Heads.Return(head);
    }

    private static void Assign(
        World world, int number, ref CheckRow check, MessageHead* head, CheckAssignment assignment)
    {
        Begin(world, number, ref check, head, out Evaluation scope);
        Sample sample = default;
        if (assignment.Format is { } format)
        {
            if (!MakeText.TryRun(ref scope, format, out ByteView text)) return;
            sample.SetString(text);
        }
        else if (assignment.Expression is not { } expression)
        {
            AccessVariable.Unset(ref scope, assignment.Variable);
            return;
        }
        else if (!EvaluateExpression.Run(ref scope, expression, ref sample))
        {
            return;
        }
        AccessVariable.Set(ref scope, assignment.Variable, (SetConditions)assignment.Conditions, ref sample);
    }

    private static bool Keep(ref Evaluation scope, int length, out ByteView bytes)
    {
        bytes = scope.Scratch.Commit(length);
        return true;
    }
}
