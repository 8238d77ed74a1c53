using System;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Systems.Http1;

namespace Engine.Systems.Samples;

/// <summary>The body of a request as far as it was received, while the request's head is still at work.</summary>
internal static unsafe class BodyInput
{
    /// <summary>Whether there is enough of the body to go on.</summary>
    /// <param name="scope">With the request's head.</param>
    /// <param name="atLeast">Bytes that are enough; 0: all.</param>
    public static BodyProgress Look(ref Evaluation scope, uint atLeast)
    {
        if (scope.Request == null || scope.ClientInput == null || scope.Stream->Request.Done) return BodyProgress.Enough;
        if (!TryMeasure(ref scope, out int length, out bool isWhole, out _)) return BodyProgress.Enough;
        if (isWhole || (atLeast > 0 && (uint)length >= atLeast)) return BodyProgress.Enough;
        if (scope.ClientInput->Length >= scope.Configuration.Globals.BufferSize) return BodyProgress.Enough;
        return scope.InputEnded ? BodyProgress.Cut : BodyProgress.More;
    }

    /// <summary>
    /// How many bytes are there: <see cref="TryTake"/> without the bytes, which need no room when their length is known.
    /// </summary>
    public static bool TryMeasure(ref Evaluation scope, out int length, out bool isWhole, out ulong announced)
    {
        length = 0;
        isWhole = true;
        announced = 0;
        MessageHead* head = scope.Request;
        if (head == null) return false;
        BodyState state = BodyFraming.OfRequest(head);
        if (state.Kind != BodyKind.Length || scope.ClientInput == null)
        {
            int mark = scope.Scratch.Used;
            bool taken = TryTake(ref scope, out ByteView body, out isWhole, out announced);
            scope.Scratch.Rewind(mark);
            length = body.Length;
            return taken;
        }
        announced = state.Remaining;
        int there = Math.Max(scope.ClientInput->Length - head->HeadLength, 0);
        isWhole = (ulong)there >= announced;
        length = isWhole ? (int)announced : there;
        return true;
    }

    /// <summary>
    /// The bytes that are there, without chunk framing, at most a buffer's. False when there is no request, or no room
    /// to join its pieces.
    /// </summary>
    /// <param name="scope">With the request's head.</param>
    /// <param name="body">Uncopied where it stands in one piece.</param>
    /// <param name="isWhole">Nothing more of it will come.</param>
    /// <param name="announced">Bytes of the whole body where its length is known; else those that are there.</param>
    public static bool TryTake(ref Evaluation scope, out ByteView body, out bool isWhole, out ulong announced)
    {
        body = default;
        announced = 0;
        isWhole = true;
        MessageHead* head = scope.Request;
        if (head == null) return false;
        BodyState state = BodyFraming.OfRequest(head);
        if (state.Kind is not (BodyKind.Length or BodyKind.Chunked) || scope.ClientInput == null) return true;
        int there = Math.Min(
            scope.ClientInput->Length - head->HeadLength, scope.Configuration.Globals.BufferSize);
        if (there < 0) return false;
        if (state.Kind == BodyKind.Length)
        {
            announced = state.Remaining;
            isWhole = (ulong)there >= announced;
            int length = isWhole ? (int)announced : there;
            return ReadInput.TryTake(ref scope, scope.ClientInput, head->HeadLength, length, out body);
        }
        if (!ReadInput.TryTake(ref scope, scope.ClientInput, head->HeadLength, there, out ByteView framed)) return false;
        isWhole = false;
        if (!TryDecode(ref scope, ref state, framed, out body)) return false;
        isWhole = state.Done;
        announced = (ulong)body.Length;
        return true;
    }

    /// <summary>Chunks are taken apart in a copy: the body itself is still to be passed on.</summary>
    private static bool TryDecode(ref Evaluation scope, ref BodyState state, ByteView framed, out ByteView body)
    {
        body = default;
        if (framed.IsEmpty) return true;
        Span<byte> space = scope.Scratch.Free;
        if (space.Length < framed.Length) return false;
        framed.Span.CopyTo(space);
        state.Decode = true;
        ScanChunked.Run(ref state, space[..framed.Length], out _, out int produced);
        body = scope.Scratch.Commit(produced);
        return true;
    }
}
