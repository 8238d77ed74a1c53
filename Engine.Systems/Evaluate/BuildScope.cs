using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Connect;
using Engine.Systems.Http2;

namespace Engine.Systems.Evaluate;

/// <summary>Gathers what expressions, rules and log items of a stream may read.</summary>
public static unsafe class BuildScope
{
    /// <summary>The scope of rules about a client connection that has no stream yet.</summary>
    public static void OfConnection(World world, uint client, Listener listener, out Evaluation scope)
    {
        CompiledConfiguration configuration = world.Configuration;
        scope = default;
        scope.Configuration = configuration;
        scope.Frontend = configuration.Proxies[listener.Frontend];
        scope.Client = world.Client.Address(client);
        scope.ClientConnection = world.Connection.Address(client);
        scope.Operations = world.Operations;
        scope.Socket = world.Socket;
        scope.Listener = listener;
        scope.Shared = world.Shared;
        scope.WallMicroseconds = world.WallMicroseconds;
        scope.Dates = world.Dates;
        scope.Process = world.Process;
        scope.Thread = world.Thread;
        scope.Random = world.Random;
        scope.SessionVariables = world.SessionVariables.Of(client);
        scope.SessionCounters = world.SessionCounters.Of(client);
        scope.NowMs = world.NowMs;
        scope.NowNanoseconds = world.NowNanoseconds;
        scope.LogBatch = world.LogBatch;
        scope.LogSenders = world.LogSenders;
        if ((world.Connection[client].Flags & ConnectionFlags.Http2) != 0)
            scope.ClientHttp2 = world.Http2.Connection.Address(client);
        if (world.Tls != null) scope.ClientTls = TlsOf(world, client);
        scope.ProcessVariables = world.Shared.Variables;
        scope.Scratch = new Scratch(world.LineScratch, world.Heads.ScratchSize);
        if ((world.Connection[client].Flags & ConnectionFlags.HadPreamble) != 0) AddPreamble(world, client, ref scope);
    }

    public static void Run(World world, uint row, ref Stream stream, out Evaluation scope)
    {
        CompiledConfiguration configuration = world.Configuration;
        scope = default;
        scope.Configuration = configuration;
        scope.Frontend = configuration.Proxies[stream.Frontend];
        if (stream.Backend >= 0) scope.Backend = configuration.Proxies[stream.Backend];
        if (stream.ServerNumber >= 0) scope.Server = configuration.Servers[stream.ServerNumber];
        scope.Stream = world.Stream.Address(row);
        scope.Log = world.Log.Address(row);
        if (configuration.Globals.SetsAddresses) scope.KeptAddresses = world.KeptAddresses.Address(stream.Client);
        scope.OwnTimeouts = world.OwnTimeouts.Address(row);
        scope.Client = world.Client.Address(stream.Client);
        if (scope.Frontend.Captures is not null) scope.Captures = world.Captures.Of(row);
        if (scope.Frontend.UniqueIdFormat is not null) scope.UniqueId = world.UniqueIds.Of(row);
        if ((stream.Flags & StreamFlags.HasPersistence) != 0) scope.Persistence = world.Persistence.Address(row);
        scope.ClientInput = &world.Connection.Address(stream.Client)->In;
        scope.ClientOutput = &world.Connection.Address(stream.Client)->Out;
        scope.Buffers = world.Buffers;
        scope.Operations = world.Operations;
        scope.Socket = world.Socket;
        scope.Listener = configuration.Listeners[world.Connection[stream.Client].Owner];
        scope.WallMicroseconds = world.WallMicroseconds;
        scope.Dates = world.Dates;
        scope.Process = world.Process;
        scope.Random = world.Random;
        uint client = ClientRow.Of(world, stream.Client);
        scope.ClientConnection = world.Connection.Address(client);
        if (configuration.Globals.SetsSessionAddresses) scope.ConnectionAddresses = world.ConnectionAddresses.Address(client);
        if (client != stream.Client) scope.ClientStream = world.Http2.Stream.Address(stream.Client);
        if ((world.Connection[client].Flags & ConnectionFlags.Http2) != 0)
            scope.ClientHttp2 = world.Http2.Connection.Address(client);
        if ((world.Connection[client].Flags & ConnectionFlags.HadPreamble) != 0) AddPreamble(world, client, ref scope);
        if (world.Tls != null)
        {
            scope.ClientTls = TlsOf(world, client);
            if (stream.Server != Table.NoRow) scope.ServerTls = TlsOf(world, ClientRow.Of(world, stream.Server));
        }
        if (stream.Server != Table.NoRow) scope.ServerInput = &world.Connection.Address(stream.Server)->In;
        scope.StreamVariables = world.StreamVariables.Of(row);
        scope.Cost = world.Profile.AddressOf(row);
        scope.SessionVariables = world.SessionVariables.Of(client);
        if (configuration.Globals.KeepsRequests) scope.KeptRequest = world.KeptRequests.Address(row);
        scope.StreamCounters = world.StreamCounters.Of(row);
        scope.SessionCounters = world.SessionCounters.Of(client);
        scope.NowMs = world.NowMs;
        scope.NowNanoseconds = world.NowNanoseconds;
        scope.LogBatch = world.LogBatch;
        scope.LogSenders = world.LogSenders;
        scope.ProcessVariables = world.Shared.Variables;
        scope.InResponse = (stream.Flags & StreamFlags.ResponseStarted) != 0;
        scope.Shared = world.Shared;
        scope.Thread = world.Thread;
        if (stream.Server != Table.NoRow && world.Connection[stream.Server].State == ConnectionState.Open)
        {
            scope.ServerDestination = ServerTargets.Of(world, scope.Server!, stream.Server);
            uint server = ClientRow.Of(world, stream.Server);
            scope.ServerConnection = world.Connection.Address(server);
            if (server != stream.Server) scope.ServerStream = world.Http2.Stream.Address(stream.Server);
            if ((world.Connection[server].Flags & ConnectionFlags.Http2) != 0)
                scope.ServerHttp2 = world.Http2.Connection.Address(server);
            if (configuration.Globals.ReadsServerSource) scope.ServerSource = world.ServerSource.Address(stream.Server);
        }
        // What a log line computes lives no longer than the line: the head is gone by then.
        byte* scratch = stream.Head != null ? world.Heads.ScratchOf(stream.Head) : world.LineScratch;
        scope.Scratch = new Scratch(scratch, world.Heads.ScratchSize);
    }

    private static TlsState* TlsOf(World world, uint row)
    {
        TlsState* state = world.Tls!.States.Address(row);
        return (world.Connection[row].Flags & ConnectionFlags.Encrypted) != 0 && state->Ssl != 0 ? state : null;
    }

    private static void AddPreamble(World world, uint client, ref Evaluation scope)
    {
        scope.Preamble = world.Preambles.Address(client);
        BufferRef tlvs = scope.Preamble->Tlvs;
        if (tlvs.IsNone) return;
        scope.ProxyTlvs = new ByteView(world.Buffers.Address(tlvs), world.Buffers.Segment(tlvs).Length);
    }
}
