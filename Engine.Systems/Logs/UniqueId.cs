using System;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Worlds;

namespace Engine.Systems.Logs;

/// <summary>
/// The unique id of a stream (manual section 4.2, <c>unique-id-format</c>): made when it is first asked for, the same
/// from then on. It stands in a side region, its length in the first byte, 0 before it was made.
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
            *place = (byte)WriteLogLine.Run(ref scope, format, new Span<byte>(place + 1, LengthMax));
        }
        if (*place is 0 or Making) return false;
        id = new ByteView(place + 1, *place);
        return true;
    }
}
