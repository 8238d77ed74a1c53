using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Shared;
using Engine.Data.Streams;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Balance;
using Engine.Systems.Queue;

namespace Engine.Systems.Pick;

/// <summary>
/// A client whose last server still holds a connection for it alone stays there, where the algorithm would choose by turns
/// or load: after an answer that asks for NTLM's credentials always, else with <c>option prefer-last-server</c> (manual
/// section 4.2).
/// </summary>
internal static class PreferLastServer
{
    /// <summary>False when there is none to prefer: the client is balanced like any other.</summary>
    public static bool TryRun(World world, uint row, ref Stream stream, Proxy backend)
    {
        uint held = world.Client[stream.Client].ReservedServer;
        if (held == Table.NoRow || ChooseServer.Hashes(backend.Balance)) return false;
        ref Connection connection = ref world.Connection[held];
        int server = connection.Owner;
        bool mustStay = world.Link[held].KnowsClient;
        if (!mustStay && (backend.Options & ProxyOptions.PreferLastServer) == 0) return false;
        ref SharedServer state = ref world.Shared.Server(server);
        if (connection.State != ConnectionState.Open || state.Backend != backend.Number) return false;
        if (!ServerSlots.MayTake(state)) return false;
        if (ServerSlots.TryTakeTied(world, server))
        {
            AssignServer.Run(world, row, ref stream, server);
            return true;
        }
        // One more waiter than max-keep-alive-queue says is too many.
        bool isTooLong = backend.KeepAliveQueueMax > 0 && Volatile.Read(ref state.Waiting) + 1 >= backend.KeepAliveQueueMax;
        if ((isTooLong && !mustStay) || WaitForServer.IsFull(world, server)) return false;
        WaitForServer.Run(world, row, ref stream, server);
        return true;
    }
}
