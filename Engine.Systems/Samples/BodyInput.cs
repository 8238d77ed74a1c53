using System;
using Engine.Data.Buffers;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Systems.Http1;

namespace Engine.Systems.Samples;

/// <summary>The body of a message as far as it was received, while the message's head is still at work.</summary>
internal static unsafe class BodyInput
{
    /// <summary>Whether there is enough of the body to go on.</summary>
    /// <param name="scope">With the head of the message.</param>
    /// <param name="ofResponse">Which message.</param>
    /// <param name="atLeast">Bytes that are enough; 0: all.</param>
    public static BodyProgress Look(ref Evaluation scope, bool ofResponse, uint atLeast)
    {
        BufferChain* input = InputOf(ref scope, ofResponse, out MessageHead* head);
        if (head == null || input == null || IsPassed(ref scope, ofResponse)) return BodyProgress.Enough;
        if (!TryMeasure(ref scope, ofResponse, out int length, out bool isWhole, out _)) return BodyProgress.Enough;
        if (isWhole || (atLeast > 0 && (uint)length >= atLeast)) return BodyProgress.Enough;
        if (input->Length >= scope.Configuration.Globals.BufferSize) return BodyProgress.Enough;
        return scope.InputEnded ? BodyProgress.Cut : BodyProgress.More;
    }

    /// <summary>
    /// How many bytes are there: <see cref="TryTake"/> without the bytes, which need no room when their length is known.
    /// </summary>
    public static bool TryMeasure(ref Evaluation scope, bool ofResponse, out int length, out bool isWhole, out ulong announced)
    {
        length = 0;
        isWhole = true;
        announced = 0;
        BufferChain* input = InputOf(ref scope, ofResponse, out MessageHead* head);
        if (head == null) return false;
        BodyState state = StateOf(ref scope, ofResponse, head);
        if (state.Kind != BodyKind.Length || input == null)
        {
            int mark = scope.Scratch.Used;
            bool taken = TryTake(ref scope, ofResponse, out ByteView body, out isWhole, out announced);
            scope.Scratch.Rewind(mark);
            length = body.Length;
            return taken;
        }
        announced = state.Remaining;
        int there = Math.Max(input->Length - head->HeadLength, 0);
        isWhole = (ulong)there >= announced;
        length = isWhole ? (int)announced : there;
        return true;
    }

    /// <summary>
    /// The bytes that are there, without chunk framing, at most a buffer's. False when there is no such message, or no
    /// room to join its pieces.
    /// </summary>
    /// <param name="scope">With the head of the message.</param>
    /// <param name="ofResponse">Which message.</param>
    /// <param name="body">Uncopied where it stands in one piece.</param>
    /// <param name="isWhole">Nothing more of it will come.</param>
    /// <param name="announced">Bytes of the whole body where its length is known; else those that are there.</param>
    public static bool TryTake(
        ref Evaluation scope, bool ofResponse, out ByteView body, out bool isWhole, out ulong announced)
    {
        body = default;
        announced = 0;
        isWhole = true;
        BufferChain* input = InputOf(ref scope, ofResponse, out MessageHead* head);
        if (head == null) return false;
        BodyState state = StateOf(ref scope, ofResponse, head);
        if (state.Kind is BodyKind.None or BodyKind.Tunnel || input == null) return true;
        int there = Math.Min(input->Length - head->HeadLength, scope.Configuration.Globals.BufferSize);
        if (there < 0) return false;
        if (state.Kind == BodyKind.UntilClose)
        {
            isWhole = scope.InputEnded;
            announced = (ulong)there;
            return ReadInput.TryTake(ref scope, input, head->HeadLength, there, out body);
        }
        if (state.Kind == BodyKind.Length)
        {
            announced = state.Remaining;
            isWhole = (ulong)there >= announced;
            int length = isWhole ? (int)announced : there;
            return ReadInput.TryTake(ref scope, input, head->HeadLength, length, out body);
        }
        if (!ReadInput.TryTake(ref scope, input, head->HeadLength, there, out ByteView framed)) return false;
        isWhole = false;
        if (!TryDecode(ref scope, ref state, framed, out body)) return false;
        isWhole = state.Done;
        announced = (ulong)body.Length;
        return true;
    }

    private static BufferChain* InputOf(ref Evaluation scope, bool ofResponse, out MessageHead* head)
    {
        head = ofResponse ? scope.Response : scope.Request;
        return ofResponse ? scope.ServerInput : scope.ClientInput;
    }

    private static bool IsPassed(ref Evaluation scope, bool ofResponse) =>
        ofResponse ? scope.Stream->Response.Done : scope.Stream->Request.Done;

    /// <summary>Nothing of a body was passed on while its head is at work.</summary>
    private static BodyState StateOf(ref Evaluation scope, bool ofResponse, MessageHead* head) =>
        ofResponse ? scope.Stream->Response : BodyFraming.OfRequest(head);

    /// <summary>Chunks are taken apart in a copy: the body itself is still to be passed on.</summary>
    private static bool TryDecode(ref Evaluation scope, ref BodyState state, ByteView framed, out ByteView body)
    {
        body = default;
        if (framed.IsEmpty) return true;
        Span<byte> space = scope.Scratch.Free;
        if (space.Length < framed.Length) return false;
        framed.Span.CopyTo(space);
        state.Delivery = BodyDelivery.Decoded;
        ScanChunked.Run(ref state, space[..framed.Length], out _, out int produced);
        body = scope.Scratch.Commit(produced);
        return true;
    }
}
