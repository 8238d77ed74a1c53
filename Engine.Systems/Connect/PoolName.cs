using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Connect;

/// <summary>Works out the name that a stream's connection has in the pool: <c>pool-conn-name</c> (manual section 5.2).</summary>
internal static unsafe class PoolName
{
    /// <summary>
    /// The hash of the name, 0 when there is none. A request that is sent again, its head let go, has none that is known:
    /// what it goes over is its client's alone.
    /// </summary>
    public static ulong Find(World world, uint row, ref Stream stream, SampleExpression expression)
    {
        if (stream.Head == null)
        {
            stream.Flags |= StreamFlags.ServerTainted | StreamFlags.FreshConnection;
            return 0;
        }
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        scope.Request = stream.Head;
        scope.Scratch = new Scratch(world.LineScratch, world.Heads.ScratchSize); // the head's own holds what rules made
        Sample sample = default;
        if (!EvaluateExpression.RunAs(ref scope, expression, SampleType.String, ref sample)) return 0;
        return sample.Bytes.IsEmpty ? 0 : KeyedHash.Of(sample.Bytes.Span, ignoreCase: false) | 1;
    }
}
