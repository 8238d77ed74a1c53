using System;
using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Data.Tables;

namespace Engine.Data.Logs;

/// <summary>
/// The finished log lines of one thread's tick, by the place they go to, and what became of those of the
/// tick before. Traffic never waits for a log: a line that finds no room or no socket is dropped and
/// counted.
/// </summary>
/// <remarks>
/// Every place has its own stretch of memory, so its lines are contiguous whatever order the targets of a
/// line come in: datagrams go out in one operation, lines for a descriptor in one write for each 4 KiB.
/// Memory is reserved for all places and used by those that get lines.
/// </remarks>
public sealed unsafe class LogBatch
{
    /// <summary>Bytes of lines a place can take in a tick, unless told otherwise.</summary>
    public const uint BytesDefault = 256 * 1024;

    /// <summary>Lines a place can take in a tick, unless told otherwise.</summary>
    public const uint LinesDefault = 4096;

    /// <summary>A pipe that can be written takes so many bytes whole (PIPE_BUF, pipe(7)).</summary>
    private const uint WriteMax = 4096;

    private readonly LogPlace* places;
    private readonly uint* active;
    private readonly uint bytesMax;
    private readonly uint linesMax;
    private uint activeCount;
    private bool flushed;
    private ulong dropped;
    private ulong sent;

    /// <param name="targets">
    /// Every target of the configuration; those with the same number share a place.
    /// </param>
    /// <param name="bytesMax">Bytes of lines for each place.</param>
    /// <param name="linesMax">Lines for each place.</param>
    public LogBatch(
        ReadOnlySpan<LogTarget> targets, uint bytesMax = BytesDefault, uint linesMax = LinesDefault)
    {
        this.bytesMax = bytesMax;
        this.linesMax = linesMax;
        int highest = -1;
        foreach (LogTarget target in targets)
        {
            Check.That(target.Number >= 0);
            highest = Math.Max(highest, target.Number);
        }
        PlaceCount = (uint)(highest + 1);
        places = (LogPlace*)NativeRegion.Reserve((nuint)sizeof(LogPlace) * (PlaceCount + 1));
        active = (uint*)NativeRegion.Reserve(sizeof(uint) * ((nuint)PlaceCount + 1));
        for (uint i = 0; i < PlaceCount; i++) places[i].Fd = -1;
        foreach (LogTarget target in targets) Prepare(ref places[target.Number], target);
    }

    /// <summary>Places, numbered as <see cref="LogTarget.Number"/>.</summary>
    public uint PlaceCount { get; }

    /// <summary>
    /// Lines dropped since the start. Lines of the last batch count once the next one begins.
    /// </summary>
    public ulong Dropped => dropped;

    /// <summary>Lines sent since the start.</summary>
    public ulong Sent => sent;

    /// <summary>
    /// Some place has no socket, or one that seems dead, and had lines: see <see cref="WantsOpening"/>.
    /// </summary>
    public bool AnyWantsOpening { get; private set; }

    /// <summary>
    /// Room for one line to this target: <see cref="LogTarget.LengthMax"/> bytes, its end included. False: the
    /// line is dropped and counted. A line that was begun and not committed never was.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryBegin(LogTarget target, out Span<byte> space)
    {
        if (flushed) Settle();
        ref LogPlace place = ref places[target.Number];
        uint room = (uint)target.LengthMax;
        if (place.Fd >= 0 && bytesMax - place.Bytes >= room && place.Lines < linesMax)
        {
            space = new Span<byte>(place.Text + place.Bytes, (int)room);
            return true;
        }
        Drop(ref place);
        space = default;
        return false;
    }

    /// <summary>
    /// Takes the first bytes of the room that <see cref="TryBegin"/> gave; none: there is no line.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit(LogTarget target, int bytes)
    {
        ref LogPlace place = ref places[target.Number];
        Check.That((uint)bytes <= (uint)target.LengthMax);
        if (bytes == 0) return;
        ref Datagram line = ref place.Datagrams[place.Lines];
        line.Data = place.Text + place.Bytes;
        line.Length = (uint)bytes;
        line.Sent = 0;
        if (place.Lines++ == 0) active[activeCount++] = (uint)target.Number;
        place.Bytes += (uint)bytes;
    }

    /// <summary>
    /// Asks the kernel to send what was collected. The operations must be submitted before the next
    /// <see cref="TryBegin"/>, which then counts what became of them.
    /// </summary>
    public void Flush(OperationQueue operations)
    {
        if (flushed) Settle();
        for (uint i = 0; i < activeCount; i++)
        {
            ref LogPlace place = ref places[active[i]];
            if (place.Kind == LogTargetKind.Descriptor) AddWrites(ref place, operations);
            else AddDatagrams(ref place, active[i], operations);
        }
        flushed = activeCount > 0;
    }

    /// <summary>The place has no socket, or one that seems dead.</summary>
    public bool WantsOpening(uint place) => places[place].WantsOpening;

    public int Descriptor(uint place) => places[place].Fd;

    /// <summary>
    /// Gives a place its socket; -1: there is none to be had now, and its lines are dropped.
    /// </summary>
    public void SetDescriptor(uint place, int fd)
    {
        places[place].Fd = fd;
        places[place].WantsOpening = fd < 0;
    }

    /// <summary>
    /// To be called after a round of openings: <see cref="AnyWantsOpening"/> is told anew by the next drop.
    /// </summary>
    public void ClearAnyWantsOpening() => AnyWantsOpening = false;

    private void Prepare(ref LogPlace place, LogTarget target)
    {
        Check.That((uint)target.LengthMax <= bytesMax);
        place.Kind = target.Kind;
        if (target.Kind == LogTargetKind.Descriptor) place.Fd = target.Fd;
        if (place.Text != null) return;
        place.Text = (byte*)NativeRegion.Reserve(bytesMax);
        place.Datagrams = (Datagram*)NativeRegion.Reserve((nuint)linesMax * (nuint)sizeof(Datagram));
        if (target.Kind == LogTargetKind.Descriptor)
            place.Written = (int*)NativeRegion.Reserve(((nuint)(bytesMax / WriteMax * 2) + 2) * sizeof(int));
    }

    private void Drop(ref LogPlace place)
    {
        dropped++;
        if (place.Fd >= 0 || place.Kind == LogTargetKind.Descriptor) return;
        place.WantsOpening = true;
        AnyWantsOpening = true;
    }

    private static void AddDatagrams(ref LogPlace place, uint number, OperationQueue operations)
    {
        ref Operation operation = ref operations.Add();
        operation.Kind = OperationKind.SendDatagrams;
        operation.Owner = new OperationOwner(OperationKind.SendDatagrams, number, 0);
        operation.Fd = place.Fd;
        operation.Data = place.Datagrams;
        operation.Length = place.Lines;
    }

    /// <summary>
    /// One write for as many whole lines as a pipe takes at once: it is never left in the middle of one.
    /// </summary>
    private static void AddWrites(ref LogPlace place, OperationQueue operations)
    {
        uint writes = 0;
        for (uint line = 0; line < place.Lines;)
        {
            Datagram* first = place.Datagrams + line;
            uint bytes = TakeGroup(place, ref line);
            int* written = place.Written + writes++;
            *written = 0;
            ref Operation operation = ref operations.Add();
            operation.Kind = OperationKind.Write;
            operation.Owner = new OperationOwner(OperationKind.Write, 0, 0);
            operation.Fd = place.Fd;
            operation.Data = first->Data;
            operation.Length = bytes;
            operation.Descriptor = written;
        }
    }

    /// <summary>
    /// The bytes of the lines that go out together from this one on; the line is moved behind them.
    /// </summary>
    private static uint TakeGroup(in LogPlace place, ref uint line)
    {
        uint bytes = place.Datagrams[line++].Length;
        while (line < place.Lines && bytes + place.Datagrams[line].Length <= WriteMax)
            bytes += place.Datagrams[line++].Length;
        return bytes;
    }

    /// <summary>Counts what became of the batch that was submitted, and empties it.</summary>
    private void Settle()
    {
        for (uint i = 0; i < activeCount; i++)
        {
            ref LogPlace place = ref places[active[i]];
            bool written = place.Kind == LogTargetKind.Descriptor;
            uint gone = written ? SettleWrites(place) : SettleDatagrams(place);
            sent += gone;
            dropped += place.Lines - gone;
            // A file socket whose owner was started anew takes nothing any more: it must be connected again.
            if (gone == 0 && place.Kind == LogTargetKind.Unix)
            {
                place.WantsOpening = true;
                AnyWantsOpening = true;
            }
            place.Lines = 0;
            place.Bytes = 0;
        }
        activeCount = 0;
        flushed = false;
    }

    private static uint SettleDatagrams(in LogPlace place)
    {
        uint gone = 0;
        for (uint line = 0; line < place.Lines; line++) gone += place.Datagrams[line].Sent != 0 ? 1u : 0;
        return gone;
    }

    private static uint SettleWrites(in LogPlace place)
    {
        uint gone = 0;
        uint writes = 0;
        for (uint line = 0; line < place.Lines;)
        {
            uint first = line;
            _ = TakeGroup(place, ref line);
            long left = place.Written[writes++];
            for (uint i = first; i < line && left >= place.Datagrams[i].Length; i++)
            {
                left -= place.Datagrams[i].Length;
                gone++;
            }
        }
        return gone;
    }
}
