using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Forward;
using Engine.Systems.Http1;
using Engine.Systems.Rules;

namespace Engine.Systems.Evaluate;

/// <summary>
/// <c>http-after-response</c> on answers of our own: their head becomes an index, as one that a server sent, the rules
/// edit it, and it is written anew (manual section 4.4).
/// </summary>
public static unsafe class EditAnswer
{
    /// <summary>Whether any such rule is there for a stream.</summary>
    public static bool HasRules(World world, ref Stream stream)
    {
        Proxy[] proxies = world.Configuration.Proxies;
        // What was no request is answered before any rule.
        if (stream.State == StreamState.ReadingHead) return false;
        return proxies[stream.Frontend].HttpAfterResponseRules is not null
            || (stream.Backend >= 0 && proxies[stream.Backend].HttpAfterResponseRules is not null);
    }

    /// <summary>
    /// Answers the edited head, in the thread's line scratch; the head as it was where it is none that can be indexed.
    /// </summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="stream">The stream; its status follows the rules.</param>
    /// <param name="head">Start line and fields with the empty line.</param>
    /// <param name="says">Whether the head says what becomes of the connection; else the caller adds it.</param>
    public static ByteView Run(World world, uint row, ref Stream stream, ByteView head, bool says)
    {
        MessageHead* index = world.Heads.Take();
        if (index == null) return head;
        Scratch scratch = new(world.Heads.ScratchOf(index), world.Heads.ScratchSize);
        ByteView edited = head;
        if (scratch.TryCopy(head.Span, out ByteView copy) && TryIndex(world, index, copy))
        {
            BuildScope.Run(world, row, ref stream, out Evaluation scope);
            scope.Response = index;
            scope.Request = null;
            scope.ServerInput = null; // what stands there is not the body of this answer
            scope.InResponse = true;
            scope.Scratch = scratch;
            ushort status = index->Status;
            Apply(ref scope); // an answer of ours has nothing to fall back on but itself
            CountFailedEdits.Run(world, ref stream, ref scope);
            if (index->Status != status) stream.Status = index->Status;
            byte* room = stackalloc byte[KeepFraming.LengthTextMax];
            KeepLength(ref stream, index, room);
            if (index->Status == 101) EndInSwitch(ref stream, index);
            if (KeepFraming.TakeClose(index)) stream.Flags &= ~StreamFlags.ClientKeepAlive;
            Span<byte> line = new(world.LineScratch, world.Heads.ScratchSize);
            int length = WriteHead.Response(index, says ? Said(in stream, index) : SwitchSaid(index), line);
            if (length > 0) edited = new ByteView(world.LineScratch, length);
        }
        world.Heads.Return(index);
        return edited;
    }

    /// <summary>Backend's rules, then frontend's. False when an edit could not be made: it ends them.</summary>
    public static bool Apply(ref Evaluation scope)
    {
        RuleVerdict verdict = default;
        if (scope.Backend?.HttpAfterResponseRules is { } first) RunRules.Run(ref scope, first, ref verdict);
        if (verdict.Kind == RuleVerdictKind.Continue && scope.Frontend != scope.Backend
            && scope.Frontend.HttpAfterResponseRules is { } second)
        {
            RunRules.Run(ref scope, second, ref verdict);
        }
        return verdict.Kind != RuleVerdictKind.Failed;
    }

    /// <summary>The length is that of the body, or there is none and the connection ends behind it.</summary>
    private static void KeepLength(ref Stream stream, MessageHead* index, byte* room)
    {
        if ((index->Flags & HeadFlags.HasContentLength) == 0) return;
        EditFields.Remove(index, KnownHeader.TransferEncoding);
        bool isLong = EditFields.Find(index, KnownHeader.ContentLength) >= 0;
        if (!isLong || !KeepFraming.RestoreLength(index, index->ContentLength, room)) stream.Flags &= ~StreamFlags.ClientKeepAlive;
    }

    /// <summary>What was switched to ends with the answer that says so: nobody here speaks it.</summary>
    private static void EndInSwitch(ref Stream stream, MessageHead* index)
    {
        EditFields.Remove(index, KnownHeader.ContentLength);
        stream.Flags &= ~StreamFlags.ClientKeepAlive;
    }

    private static bool TryIndex(World world, MessageHead* index, ByteView head)
    {
        int scanned = 0;
        HeadLimits limits = new()
        {
            BytesMax = world.Heads.ScratchSize,
            FieldsMax = world.Configuration.Globals.MaxHeaders,
            AcceptUnsafe = true,
        };
        return ParseResponseHead.Run(head.Start, head.Length, ref scanned, index, limits) == HeadResult.Ok;
    }

    /// <summary>What a switch is to is said with it, whoever says the rest.</summary>
    private static ConnectionSaid SwitchSaid(MessageHead* index) =>
        index->Status == 101 && (index->Flags & HeadFlags.Upgrade) != 0 ? ConnectionSaid.Upgrade : ConnectionSaid.Nothing;

    private static ConnectionSaid Said(in Stream stream, MessageHead* index) =>
        (index->Flags & HeadFlags.ConnectionClose) != 0 || (stream.Flags & StreamFlags.ClientKeepAlive) == 0 ? ConnectionSaid.Close
        : (index->Flags & HeadFlags.Upgrade) != 0 ? ConnectionSaid.Upgrade
        : (index->Flags & HeadFlags.ConnectionKeepAlive) != 0 ? ConnectionSaid.KeepAlive
        : ConnectionSaid.Nothing;
}
