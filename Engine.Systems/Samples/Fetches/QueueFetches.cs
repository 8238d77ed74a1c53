using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Systems.Queue;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Free slots, places in queues and priorities (manual sections 7.3.2 and 7.3.3).</summary>
internal static unsafe class QueueFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("avg_queue", new ArgumentSpec(1, ArgumentKind.Backend), SamplePlaces.Running, &AverageQueue);
        Add("be_conn_free", new ArgumentSpec(1, ArgumentKind.Backend), SamplePlaces.Running, &FreeConnections);
        Add("connslots", new ArgumentSpec(1, ArgumentKind.Backend), SamplePlaces.Running, &FreeSlots);
        Add("srv_conn_free", new ArgumentSpec(1, ArgumentKind.Server), SamplePlaces.Running, &FreeServerConnections);
        Add("srv_iweight", new ArgumentSpec(1, ArgumentKind.Server), SamplePlaces.Running, &InitialWeight);
        Add("srv_uweight", new ArgumentSpec(1, ArgumentKind.Server), SamplePlaces.Running, &UserWeight);
        Add("prio_class", ArgumentSpec.None, SamplePlaces.Running, &PriorityClass);
        Add("prio_offset", ArgumentSpec.None, SamplePlaces.Running, &PriorityOffset);
        Add("bc_be_queue", ArgumentSpec.None, SamplePlaces.ServerConnection, &BackendPlace);
        Add("bc_srv_queue", ArgumentSpec.None, SamplePlaces.ServerConnection, &ServerPlace);
        Words.Converters.Add(
            new("srv_queue", ArgumentSpec.None, SampleType.String, SampleType.Integer, &QueueOfNamed));
        Words.Converters.Add(
            new("srv_is_up", ArgumentSpec.None, SampleType.String, SampleType.Boolean, &IsNamedUp));
    }

    private static void Add(
        string word, ArgumentSpec arguments, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, arguments, SampleType.Integer, places, fetch));

    private static bool Number(long value, ref Sample sample)
    {
        sample.SetInteger(value);
        return true;
    }

    private static Proxy Backend(ref Evaluation scope, Arguments arguments) =>
        scope.Configuration.Proxies[(int)arguments.Integer(0, (scope.Backend ?? scope.Frontend).Number)];

    /// <summary>Those waiting for each usable server, rounded up; without one, twice their number.</summary>
    private static bool AverageQueue(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is not { } shared) return false;
        Proxy backend = Backend(ref scope, arguments);
        long queued = Volatile.Read(ref shared.Proxy(backend.Number).QueueLength);
        int usable = Usable(shared, scope.Configuration, backend, backups: false);
        if (usable == 0) usable = Usable(shared, scope.Configuration, backend, backups: true);
        if (usable == 0) return Number(queued * 2, ref sample);
        return Number((queued + usable - 1) / usable, ref sample);
    }

    private static int Usable(SharedWorld shared, CompiledConfiguration configuration, Proxy backend, bool backups)
    {
        int usable = 0;
        foreach (int number in backend.Servers)
            if (configuration.Servers[number].Backup == backups && ServerSlots.MayTake(shared.Server(number))) usable++;
        return usable;
    }

    /// <summary>Free slots of the servers that work, backups only where no other does; -1: some server has no limit.</summary>
    private static bool FreeConnections(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is not { } shared) return false;
        Proxy backend = Backend(ref scope, arguments);
        bool backups = Usable(shared, scope.Configuration, backend, backups: false) == 0;
        long free = 0;
        foreach (int number in backend.Servers)
        {
            if (scope.Configuration.Servers[number].Backup != backups || !ServerSlots.MayTake(shared.Server(number)))
                continue;
            long own = ServerSlots.Free(shared, number);
            if (own < 0) return Number(-1, ref sample);
            free += own;
        }
        return Number(free, ref sample);
    }

    /// <summary>Free slots and places in the servers' queues; -1: some server has no limit of either.</summary>
    private static bool FreeSlots(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is not { } shared) return false;
        long free = 0;
        foreach (int number in Backend(ref scope, arguments).Servers)
        {
            ref SharedServer row = ref shared.Server(number);
            int places = scope.Configuration.Servers[number].MaxQueue;
            if (Volatile.Read(ref row.Limit) == 0 || places == 0) return Number(-1, ref sample);
            free += Math.Max(0, ServerSlots.Free(shared, number)) + Math.Max(0, places - Volatile.Read(ref row.Waiting));
        }
        return Number(free, ref sample);
    }

    private static bool FreeServerConnections(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is not null
        && Number(ServerSlots.Free(scope.Shared, (int)arguments.Integer(0)), ref sample);

    private static bool InitialWeight(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is not null
        && Number(scope.Shared.Health((int)arguments.Integer(0)).InitialWeight, ref sample);

    private static bool UserWeight(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is not null
        && Number(scope.Shared.Health((int)arguments.Integer(0)).UserWeight, ref sample);

    private static bool PriorityClass(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Number(scope.Log->PriorityClass, ref sample);

    private static bool PriorityOffset(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Number(scope.Log->PriorityOffset, ref sample);

    private static bool BackendPlace(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Number(scope.Log->BackendQueue, ref sample);

    private static bool ServerPlace(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Number(scope.Log->ServerQueue, ref sample);

    private static bool QueueOfNamed(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is not { } shared || !TryFind(ref scope, sample.Bytes.Span, out int server)) return false;
        return Number(Volatile.Read(ref shared.Server(server).Waiting), ref sample);
    }

    private static bool IsNamedUp(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is not { } shared || !TryFind(ref scope, sample.Bytes.Span, out int server)) return false;
        sample.SetBoolean(Volatile.Read(ref shared.Server(server).Running) != 0);
        return true;
    }

    /// <summary>The server of a name, or of a backend's and a server's with a slash between.</summary>
    private static bool TryFind(ref Evaluation scope, ReadOnlySpan<byte> text, out int server)
    {
        server = -1;
        int slash = text.IndexOf((byte)'/');
        ReadOnlySpan<byte> name = text[(slash + 1)..];
        Proxy? backend = scope.Backend ?? scope.Frontend;
        if (slash >= 0) backend = Named(ref scope, text[..slash]);
        if (backend is null) return false;
        foreach (int number in backend.Servers)
        {
            if (!scope.Configuration.Servers[number].NameBytes.Span.SequenceEqual(name)) continue;
            server = number;
            return true;
        }
        return false;
    }

    private static Proxy? Named(ref Evaluation scope, ReadOnlySpan<byte> name)
    {
        foreach (Proxy proxy in scope.Configuration.Proxies)
        {
            bool isBackend = (proxy.Capabilities & ProxyCapabilities.Backend) != 0;
            if (isBackend && proxy.NameBytes.Span.SequenceEqual(name)) return proxy;
        }
        return null;
    }
}
