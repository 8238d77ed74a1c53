using System;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;

namespace Engine.Systems.Logs;

/// <summary>
/// The unique id of a stream (manual section 4.2, <c>unique-id-format</c>): made when it is first asked for, the same
/// from then on. It stands in a side region, its length in the first byte, 0 before it was made. Checks have ids of
/// their own, by the format of their backend.
/// </summary>
public static unsafe class UniqueId
{
    /// <summary>Bytes of an id at most.</summary>
    private const int LengthMax = World.UniqueIdSize - 1;

    private const byte Making = 255;

    /// <summary>False when the frontend gives no ids, and of what was no request.</summary>
    public static bool TryTake(ref Evaluation scope, out ByteView id)
    {
        id = default;
        byte* place = scope.UniqueId;
        if (place == null || scope.Frontend.UniqueIdFormat is not { } format) return false;
        if (scope.Log != null && scope.Log->Origin == LogOrigin.SessionError) return false;
        if (*place == 0)
        {
            *place = Making; // a format that names the id sees none
            Span<byte> text = new(place + 1, LengthMax);
            *place = (byte)(scope.Log == null ? WriteWithoutStream(ref scope, format, text) : WriteLogLine.Run(ref scope, format, text));
        }
        if (*place is 0 or Making) return false;
        id = new ByteView(place + 1, *place);
        return true;
    }

    /// <summary>A check begins anew: it gets another id.</summary>
    public static void Forget(World world, int checkNumber)
    {
        byte* place = world.Shared.CheckIds.Of((uint)checkNumber);
        if (place != null) *place = 0;
    }

    /// <summary>For a check: what the format asks of a stream is what one has that did nothing yet.</summary>
    private static int WriteWithoutStream(ref Evaluation scope, LogProgram format, Span<byte> text)
    {
        Stream stream = default;
        StreamLog log = new() { AcceptedWallMicroseconds = scope.WallMicroseconds };
        scope.Stream = &stream;
        scope.Log = &log;
        int length = WriteLogLine.Run(ref scope, format, text);
        scope.Stream = null;
        scope.Log = null;
        return length;
    }
}
