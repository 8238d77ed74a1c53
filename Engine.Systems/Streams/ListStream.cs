using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Streams;

/// <summary>Puts a stream on the work list of a phase, once.</summary>
public static class ListStream
{
    /// <summary>Moves a stream to a state and lists it for the phase that works on this state.</summary>
    public static void To(RowList list, StreamState state, uint row, ref Stream stream)
    {
        Check.That((stream.Flags & StreamFlags.Listed) == 0);
        stream.State = state;
        stream.Flags |= StreamFlags.Listed;
        list.Add(row);
    }

    public static void ToForward(World world, uint row, ref Stream stream)
    {
        if ((stream.Flags & StreamFlags.ListedForward) != 0) return;
        stream.Flags |= StreamFlags.ListedForward;
        world.ToForward.Add(row);
    }

    /// <summary>The stream is over; EndStreams logs and frees it.</summary>
    public static void ToEnd(World world, uint row, ref Stream stream)
    {
        if (stream.State == StreamState.Ending) return;
        stream.State = StreamState.Ending;
        world.ToEnd.Add(row);
    }
}
