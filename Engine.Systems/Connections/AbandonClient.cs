using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Rules;
using Engine.Data.Worlds;

namespace Engine.Systems.Connections;

/// <summary>Has a client's connection closed so that the client does not notice, as far as the machine lets us.</summary>
internal static class AbandonClient
{
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the connection with the socket; it is closed by whoever asked.</param>
    /// <param name="verdict">Of <c>silent-drop</c>.</param>
    public static void Run(World world, uint row, in RuleVerdict verdict)
    {
        ref Connection connection = ref world.Connection[row];
        if (connection.Fd < 0) return;
        ref Operation option = ref world.Operations.Add();
        option.Kind = OperationKind.SetOption;
        option.Owner = new OperationOwner(OperationKind.SetOption, row, world.Connections.Generation(row));
        option.Fd = connection.Fd;
        option.Length = (uint)(verdict.ResetHops == 0 ? SocketSetting.Abandon : SocketSetting.ResetTimeToLive);
        option.Value = verdict.ResetHops;
    }
}
