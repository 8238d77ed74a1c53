using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Systems.Http1;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// What a client of <c>mode tcp</c> sent, read as a request: <c>req.proto_http</c>, <c>req.ver</c> and <c>method</c> know
/// it there (manual section 7.3.6). A copy is parsed, for the bytes themselves go on as they came.
/// </summary>
internal static unsafe class PeekRequest
{
    private const int Alignment = 8;

    /// <summary>
    /// The request's index; null when there is none, or not all of its head yet, which the sample then says. The index and
    /// the bytes it points to stand in scratch memory.
    /// </summary>
    public static MessageHead* Run(ref Evaluation scope, ref Sample sample)
    {
        if (scope.Request != null) return scope.Request;
        if (scope.ClientInput == null || scope.Frontend.Mode != ProxyMode.Tcp) return null;
        int length = scope.ClientInput->Length;
        Globals globals = scope.Configuration.Globals;
        int fields = globals.MaxHeaders;
        int slot = MessageHead.SlotSize(fields);
        int mark = scope.Scratch.Used;
        if (!ReadInput.TryTake(ref scope, scope.ClientInput, 0, length, out ByteView input)
            || scope.Scratch.Free.Length < length + slot + Alignment)
        {
            return null;
        }
        scope.Scratch.Rewind(mark);
        Span<byte> room = scope.Scratch.Free[..(length + slot + Alignment)];
        input.Span.CopyTo(room); // to the same place, where they were joined there
        byte* copy = scope.Scratch.Commit(room.Length).Start;
        MessageHead* head = (MessageHead*)(((nint)copy + length + Alignment - 1) & -Alignment);
        head->FieldCapacity = fields;
        int scanned = 0;
        HeadLimits limits = new() { BytesMax = globals.BufferSize - globals.MaxRewrite, FieldsMax = fields };
        HeadResult result = length == 0 ? HeadResult.Incomplete : ParseRequestHead.Run(copy, length, ref scanned, head, limits);
        if (result == HeadResult.Ok) return head;
        sample.MayChange = result == HeadResult.Incomplete;
        scope.Scratch.Rewind(mark);
        return null;
    }
}
