using System.Runtime.CompilerServices;
using Engine.Data.Tables;

namespace Engine.Data.Profiling;

/// <summary>
/// What the phases of one thread cost and how long rows waited for them (<c>set profiling tasks</c>). A list notes when
/// a row joins it and which phase put it there, a phase when its turn comes and when it is done. While nothing is
/// measured, a list and a phase look at one field each.
/// </summary>
public sealed unsafe class WorkProfile
{
    /// <summary>Kinds of work.</summary>
    public const int Kinds = (int)WorkKind.EndStreams + 1;

    /// <summary><c>auto</c>: profiling begins with ticks of so many nanoseconds on average, and ends a little below.</summary>
    private const long LongNanoseconds = 1_000_000;
    private const long ShortNanoseconds = 990_000;

    /// <summary>Ticks that the average looks back on.</summary>
    private const int AveragedTicks = 1024;

    /// <summary>Completions that make a tick of usual length: a busy thread takes many at once, which is no delay.</summary>
    private const uint UsualCompletions = 64;

    private readonly WorkEntry* entries = (WorkEntry*)NativeRegion.Reserve((nuint)(sizeof(WorkEntry) * Kinds * Kinds));
    private readonly Column<StreamCost> costs;
    private readonly bool countsStreams;
    private readonly RowList[] lists;
    private WorkKind now;
    private WorkKind site;
    private long begun;
    private long waited;
    private uint stream;
    private long average;

    /// <param name="streams">Rows of streams.</param>
    /// <param name="countsStreams">Some expression asks what a stream cost.</param>
    /// <param name="mode">What the configuration says.</param>
    /// <param name="lists">The work lists of the thread.</param>
    public WorkProfile(uint streams, bool countsStreams, ProfilingMode mode, RowList[] lists)
    {
        costs = new Column<StreamCost>(streams);
        this.countsStreams = countsStreams;
        this.lists = lists;
        Mode = mode;
    }

    /// <summary>Monotonic nanoseconds; null where nobody measures, as in a simulation.</summary>
    public delegate*<long> Clock { get; private set; }

    public ProfilingMode Mode { get; private set; }

    /// <summary>Time is measured.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Phases have something to note.</summary>
    public bool Watches { get; private set; }

    /// <summary>When measuring began and ended, monotonic nanoseconds; 0: never, or not yet.</summary>
    public long StartedNanoseconds { get; private set; }
    public long StoppedNanoseconds { get; private set; }

    /// <summary>Gives the thread its clock.</summary>
    public void Start(delegate*<long> clock)
    {
        Clock = clock;
        Set(Mode);
    }

    /// <summary>Changes the mode; <see cref="ProfilingMode.On"/> begins anew.</summary>
    public void Set(ProfilingMode mode)
    {
        Mode = mode;
        if (mode == ProfilingMode.On) Clear();
        if (mode != ProfilingMode.Auto) Switch(mode == ProfilingMode.On);
        else Switch(IsOn);
    }

    /// <summary>A tick is over: whether measuring is worth while (<see cref="ProfilingMode.Auto"/>).</summary>
    /// <param name="nanoseconds">How long it took.</param>
    /// <param name="completions">With how many it began.</param>
    public void Ticked(long nanoseconds, uint completions)
    {
        average += (nanoseconds / (1 + (completions / UsualCompletions)) - average) / AveragedTicks;
        if (!IsOn && average >= LongNanoseconds) Switch(true);
        else if (IsOn && average < ShortNanoseconds) Switch(false);
    }

    public ref readonly WorkEntry Entry(WorkKind kind, WorkKind by) => ref entries[((int)kind * Kinds) + (int)by];

    /// <summary>Where the costs of a stream stand.</summary>
    public StreamCost* AddressOf(uint row) => costs.Address(row);

    /// <summary>A new stream has cost nothing.</summary>
    public void Forget(uint row)
    {
        if (Watches) costs[row] = default;
    }

    /// <summary>The turn of a row that is no stream has come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(WorkKind kind, RowList list, uint row)
    {
        if (Watches) BeginWatched(kind, list, row, Table.NoRow);
    }

    /// <summary>The turn of a stream has come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginStream(WorkKind kind, RowList list, uint row)
    {
        if (Watches) BeginWatched(kind, list, row, row);
    }

    /// <summary>The row's turn is over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void End()
    {
        if (Watches) EndWatched();
    }

    /// <summary>What a list notes of a row that joins it.</summary>
    internal void Note(ref WorkDate date)
    {
        date.Nanoseconds = Clock();
        date.By = now;
    }

    private void BeginWatched(WorkKind kind, RowList list, uint row, uint streamRow)
    {
        now = kind;
        stream = streamRow;
        if (streamRow != Table.NoRow) costs[streamRow].Calls++;
        if (!IsOn) return;
        WorkDate date = list.DateOf(row);
        begun = Clock();
        bool isKnown = date.Nanoseconds >= StartedNanoseconds;
        waited = isKnown ? begun - date.Nanoseconds : 0;
        site = isKnown ? date.By : WorkKind.Kernel;
    }

    private void EndWatched()
    {
        if (IsOn && begun != 0)
        {
            ref WorkEntry entry = ref entries[((int)now * Kinds) + (int)site];
            ulong spent = (ulong)(Clock() - begun);
            entry.Calls++;
            entry.CpuNanoseconds += spent;
            entry.LatencyNanoseconds += (ulong)waited;
            if (stream != Table.NoRow)
            {
                costs[stream].CpuNanoseconds += spent;
                costs[stream].LatencyNanoseconds += (ulong)waited;
            }
        }
        begun = 0;
        now = WorkKind.Kernel;
    }

    private void Switch(bool on)
    {
        on &= Clock != null;
        if (on && !IsOn)
        {
            if (StartedNanoseconds == 0 || Mode == ProfilingMode.On) Clear();
            StoppedNanoseconds = 0;
        }
        else if (!on && IsOn)
        {
            StoppedNanoseconds = Clock();
        }
        IsOn = on;
        Watches = on || countsStreams;
        foreach (RowList list in lists) list.Watch(on ? this : null);
    }

    private void Clear()
    {
        new System.Span<WorkEntry>(entries, Kinds * Kinds).Clear();
        StartedNanoseconds = Clock == null ? 0 : Clock();
    }
}
