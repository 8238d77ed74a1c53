using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Streams;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Frontends, backends, servers and listeners: names, numbers, limits and counts (manual section 7.3.2).</summary>
internal static unsafe class ProxyFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("fe_name", SampleType.String, SamplePlaces.FrontendSide, &FrontendName);
        Add("fe_id", SampleType.Integer, SamplePlaces.FrontendSide, &FrontendId);
        Add("fe_defbe", SampleType.String, SamplePlaces.FrontendSide, &DefaultBackend);
        Add("fe_client_timeout", SampleType.Integer, SamplePlaces.FrontendSide, &ClientTimeout);
        Add("cur_client_timeout", SampleType.Integer, SamplePlaces.FrontendSide, &CurrentClient);
        Add("so_id", SampleType.Integer, SamplePlaces.FrontendSide, &ListenerId);
        Add("so_name", SampleType.String, SamplePlaces.FrontendSide, &ListenerName);
        Add("be_name", SampleType.String, SamplePlaces.ChosenBackend, &BackendName);
        Add("be_id", SampleType.Integer, SamplePlaces.ChosenBackend, &BackendId);
        Add("be_server_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &ServerTimeout);
        Add("be_connect_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &ConnectTimeout);
        Add("be_queue_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &QueueTimeout);
        Add("be_tunnel_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &TunnelTimeout);
        Add("be_tarpit_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &TarpitTimeout);
        Add("fe_tarpit_timeout", SampleType.Integer, SamplePlaces.FrontendSide, &FrontendTarpitTimeout);
        Add("cur_tarpit_timeout", SampleType.Integer, SamplePlaces.Connection, &CurrentTarpit);
        Add("cur_max_retries", SampleType.Integer, SamplePlaces.ChosenBackend, &CurrentRetries);
        Add("be_max_retries", SampleType.Integer, SamplePlaces.ChosenBackend, &Retries);
        Add("cur_connect_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &CurrentConnect);
        Add("cur_queue_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &CurrentQueue);
        Add("cur_server_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &CurrentServer);
        Add("cur_tunnel_timeout", SampleType.Integer, SamplePlaces.ChosenBackend, &CurrentTunnel);
        Add("srv_name", SampleType.String, SamplePlaces.ChosenServer, &ServerName);
        Add("srv_id", SampleType.Integer, SamplePlaces.ChosenServer, &ServerId);
        AddCount("fe_conn", ArgumentKind.Frontend, &FrontendConnections);
        AddCount("be_conn", ArgumentKind.Backend, &BackendConnections);
        AddCount("nbsrv", ArgumentKind.Backend, &UsableServers);
        AddCount("queue", ArgumentKind.Backend, &Queued);
        AddCount("srv_conn", ArgumentKind.Server, &ServerConnections);
        AddCount("srv_queue", ArgumentKind.Server, &ServerQueue);
        AddCount("srv_weight", ArgumentKind.Server, &ServerWeight);
        Words.Fetches.Add(new(
            "dst_conn", ArgumentSpec.None, SampleType.Integer, SamplePlaces.FrontendSide, &ListenerConnections)
        {
            Prepare = &CountListeners,
        });
        Words.Fetches.Add(new(
            "srv_is_up", new ArgumentSpec(1, ArgumentKind.Server), SampleType.Boolean, SamplePlaces.Running,
            &ServerIsUp));
    }

    private static void Add(
        string word, SampleType output, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, places, fetch));

    private static void AddCount(
        string word, ArgumentKind kind, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(
            new(word, new ArgumentSpec(1, kind), SampleType.Integer, SamplePlaces.Running, fetch));

    private static bool Text(ByteView text, ref Sample sample)
    {
        sample.SetString(text);
        return true;
    }

    private static bool Number(long value, ref Sample sample)
    {
        sample.SetInteger(value);
        return true;
    }

    private static bool FrontendName(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Text(scope.Frontend.NameBytes, ref sample);

    private static bool FrontendId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(scope.Frontend.Id, ref sample);

    private static bool DefaultBackend(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Frontend.DefaultBackend >= 0 && scope.Frontend.DefaultBackend != scope.Frontend.Number
        && Text(scope.Configuration.Proxies[scope.Frontend.DefaultBackend].NameBytes, ref sample);

    private static bool ClientTimeout(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(scope.Frontend.Timeouts.ClientMs, ref sample);

    private static bool ListenerId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Listener is not null && Number(scope.Listener.Id, ref sample);

    private static string? CountListeners(ParsePlace place, Arguments arguments)
    {
        place.Draft.Globals.CountsListeners = true;
        return null;
    }

    private static bool ListenerConnections(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Listener is { } listener && scope.Shared is { } shared
        && Number(Volatile.Read(ref shared.ListenerConnections[listener.Number]), ref sample);

    private static bool ListenerName(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Listener is null || scope.Listener.Name.Length == 0) return false;
        System.Span<byte> free = scope.Scratch.Free;
        if (free.Length < scope.Listener.Name.Length) return false;
        int length = System.Text.Encoding.Latin1.GetBytes(scope.Listener.Name, free);
        return Text(scope.Scratch.Commit(length), ref sample);
    }

    /// <summary>Until a backend is chosen the frontend stands for it, as in log lines.</summary>
    private static Proxy BackendOf(ref Evaluation scope) => scope.Backend ?? scope.Frontend;

    private static bool BackendName(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Text(BackendOf(ref scope).NameBytes, ref sample);

    private static bool BackendId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(BackendOf(ref scope).Id, ref sample);

    private static bool ServerTimeout(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(BackendOf(ref scope).Timeouts.ServerMs, ref sample);

    private static bool ConnectTimeout(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(BackendOf(ref scope).Timeouts.ConnectMs, ref sample);

    private static bool QueueTimeout(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(BackendOf(ref scope).Timeouts.QueueMs, ref sample);

    private static bool TunnelTimeout(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(BackendOf(ref scope).Timeouts.TunnelMs, ref sample);

    /// <summary>What rules gave this stream alone; zeros where they gave nothing.</summary>
    private static OwnTimeouts OwnOf(ref Evaluation scope) =>
        scope.Stream != null && (scope.Stream->Flags & StreamFlags.HasOwnTimeouts) != 0 ? *scope.OwnTimeouts : default;

    private static bool CurrentClient(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(OwnOf(ref scope) is { ClientMs: > 0 } own ? own.ClientMs : scope.Frontend.Timeouts.ClientMs, ref sample);

    /// <summary>Those of the server's side apply once there is an answer; rules may give one before.</summary>
    private static bool CurrentServer(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(
            OwnOf(ref scope) is { ServerMs: > 0 } own ? own.ServerMs : AppliedTo(ref scope, answers: true).ServerMs, ref sample);

    private static bool CurrentConnect(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(
            OwnOf(ref scope) is { ConnectMs: > 0 } own ? own.ConnectMs : AppliedTo(ref scope, answers: false).ConnectMs, ref sample);

    private static bool CurrentQueue(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(
            OwnOf(ref scope) is { QueueMs: > 0 } own ? own.QueueMs : AppliedTo(ref scope, answers: false).QueueMs, ref sample);

    private static bool CurrentTunnel(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(
            OwnOf(ref scope) is { TunnelMs: > 0 } own ? own.TunnelMs : AppliedTo(ref scope, answers: true).TunnelMs, ref sample);

    /// <summary>The backend's timeouts, zeros before one is entered and, for those of answers, before a server answers.</summary>
    private static ProxyTimeouts AppliedTo(ref Evaluation scope, bool answers) =>
        scope.Backend is { } backend && (!answers || scope.InResponse) ? backend.Timeouts : default;

    private static bool CurrentTarpit(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(OwnOf(ref scope) is { TarpitMs: > 0 } own ? own.TarpitMs : BackendOf(ref scope).Timeouts.TarpitMs, ref sample);

    private static bool CurrentRetries(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(
            OwnOf(ref scope) is { RetriesAndOne: > 0 } own ? own.RetriesAndOne - 1 : BackendOf(ref scope).Retries, ref sample);

    private static bool TarpitTimeout(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(BackendOf(ref scope).Timeouts.TarpitMs, ref sample);

    private static bool FrontendTarpitTimeout(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(scope.Frontend.Timeouts.TarpitMs, ref sample);

    private static bool Retries(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Number(BackendOf(ref scope).Retries, ref sample);

    private static bool ServerName(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Server is not null && Text(scope.Server.NameBytes, ref sample);

    private static bool ServerId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Server is not null && Number(scope.Server.Id, ref sample);

    private static bool FrontendConnections(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null) return false;
        int number = (int)arguments.Integer(0, scope.Frontend.Number);
        return Number(Volatile.Read(ref scope.Shared.Proxy(number).FrontendConnections), ref sample);
    }

    private static int BackendNumber(ref Evaluation scope, Arguments arguments) =>
        (int)arguments.Integer(0, BackendOf(ref scope).Number);

    private static bool BackendConnections(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is not { } shared) return false;
        ref SharedProxy backend = ref shared.Proxy(BackendNumber(ref scope, arguments));
        return Number(Volatile.Read(ref backend.BackendConnections), ref sample);
    }

    private static bool Queued(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is not { } shared) return false;
        ref SharedProxy backend = ref shared.Proxy(BackendNumber(ref scope, arguments));
        return Number(Volatile.Read(ref backend.QueueLength), ref sample);
    }

    private static bool UsableServers(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is not { } shared) return false;
        int usable = 0;
        foreach (int number in scope.Configuration.Proxies[BackendNumber(ref scope, arguments)].Servers)
        {
            ref SharedServer server = ref shared.Server(number);
            if (Volatile.Read(ref server.Running) != 0 && Volatile.Read(ref server.Weight) > 0) usable++;
        }
        return Number(usable, ref sample);
    }

    private static bool ServerConnections(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is not null
        && Number(Volatile.Read(ref scope.Shared.Server((int)arguments.Integer(0)).Served), ref sample);

    private static bool ServerQueue(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is not null
        && Number(Volatile.Read(ref scope.Shared.Server((int)arguments.Integer(0)).Waiting), ref sample);

    private static bool ServerWeight(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Shared is not null
        && Number(Volatile.Read(ref scope.Shared.Server((int)arguments.Integer(0)).Weight), ref sample);

    private static bool ServerIsUp(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null) return false;
        sample.SetBoolean(Volatile.Read(ref scope.Shared.Server((int)arguments.Integer(0)).Running) != 0);
        return true;
    }
}
