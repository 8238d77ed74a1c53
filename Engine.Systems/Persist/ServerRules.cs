using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Rules;

namespace Engine.Systems.Persist;

/// <summary>
/// Rules of a backend about the server of a request: <c>force-persist</c> and <c>ignore-persist</c> when it enters the
/// backend, <c>use-server</c> behind all other rules and before cookies (manual section 4.2).
/// </summary>
public static class ServerRules
{
    /// <summary>Nothing is known of a request's server yet.</summary>
    internal static void Begin(ref Persistence known, ref Stream stream)
    {
        known = new Persistence { Server = -1, RequestState = (byte)'N', ResponseState = (byte)'N' };
        stream.Flags = (stream.Flags | StreamFlags.HasPersistence) & ~StreamFlags.Direct;
    }

    /// <summary>The request entered its backend: the first rule about persistence that holds counts.</summary>
    public static void Begin(World world, uint row, ref Stream stream, ref Evaluation scope)
    {
        ref Persistence known = ref world.Persistence[row];
        Begin(ref known, ref stream);
        foreach (PersistenceRule rule in scope.Backend!.PersistenceRules)
        {
            if (!RunRules.Matches(ref scope, rule.Condition)) continue;
            known.Override = rule.Forces ? PersistenceOverride.Forced : PersistenceOverride.Ignored;
            return;
        }
    }

    /// <summary>
    /// The first rule that holds and whose server works gives the request its server. A name that is none of the
    /// backend's ends the rules.
    /// </summary>
    public static void Choose(World world, uint row, ref Stream stream, ref Evaluation scope)
    {
        ref Persistence known = ref world.Persistence[row];
        foreach (ServerRule rule in scope.Backend!.ServerRules)
        {
            if (!RunRules.Matches(ref scope, rule.Condition)) continue;
            int server = rule.Name is null ? rule.Server : FindNamed(ref scope, rule);
            if (server < 0) return;
            if (!PickPersistent.MayTake(world, server, known.Override)) continue;
            known.Server = server;
            stream.Flags |= StreamFlags.Direct;
            return;
        }
    }

    private static int FindNamed(ref Evaluation scope, ServerRule rule) =>
        MakeText.TryRun(ref scope, rule.Name!, out ByteView name) ? scope.Backend!.ServerNames!.Find(name.Span) : -1;
}
