using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Systems.Evaluate;

/// <summary>Gathers what expressions, rules and log items of a stream may read.</summary>
public static unsafe class BuildScope
{
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
        scope.Client = world.Client.Address(stream.Client);
        scope.Listener = configuration.Listeners[world.Connection[stream.Client].Owner];
        scope.WallMicroseconds = world.WallMicroseconds;
        scope.Dates = world.Dates;
        scope.Process = world.Process;
        scope.Random = world.Random;
        if (stream.Head != null)
            scope.Scratch = new Scratch(world.Heads.ScratchOf(stream.Head), world.Heads.ScratchSize);
    }
}
