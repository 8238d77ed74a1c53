using Engine.Data.Connections;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Shared;
using Engine.Data.Tables;
using Engine.Data.Worlds;
using Engine.Systems.Connect;

namespace Engine.Systems.Health;

/// <summary>
/// The PROXY header of a check (manual section 5.2, <c>check-send-proxy</c>): in version 1 the addresses of the check's
/// own connection, in version 2 the command LOCAL, which says that nobody stands behind it.
/// </summary>
public static unsafe class CheckPreamble
{
    /// <summary>The connection is there. False: it goes on in the next tick, or the check is over.</summary>
    public static bool Begin(World world, int number, ref CheckRow check, uint row, ref Connection connection)
    {
        CheckSettings settings = RunCheck.Settings(world, number);
        CheckStep step = settings.Program.Steps[check.Step];
        if (!(step.IsDefault ? settings.SendsProxy : step.SendsProxy)) return true;
        if (world.Configuration.Servers[number / SharedWorld.ChecksPerServer].ProxyHeader.Version2)
            return Send(world, number, ref check, row, ref connection);
        // Our own address is told while this tick's operations are submitted.
        ref Operation tell = ref world.Operations.Add();
        tell.Kind = OperationKind.TellLocal;
        tell.Owner = new OperationOwner(OperationKind.TellLocal, row, world.Connections.Generation(row));
        tell.Fd = connection.Fd;
        tell.Data = world.ServerSource.Address(row);
        world.ToGreet.Add(row);
        return false;
    }

    /// <summary>Goes on with those whose address was asked for in the tick before.</summary>
    public static void Run(World world)
    {
        RowList list = world.ToGreet;
        uint count = list.Count;
        for (uint i = 0; i < count; i++)
        {
            uint row = list[i];
            ref Connection connection = ref world.Connection[row];
            int number = connection.Owner;
            ref CheckRow check = ref world.Shared.CheckOf(number);
            bool waits = connection.State == ConnectionState.Open && check.Connection == row;
            if (waits && Send(world, number, ref check, row, ref connection)) RunCheck.Secure(world, row, ref connection);
        }
        list.Clear();
    }

    private static bool Send(World world, int number, ref CheckRow check, uint row, ref Connection connection)
    {
        if (SendProxyHeader.OfCheck(world, number, ref check, row, ref connection)) return true;
        CheckFinding.Set(ref check, CheckStatus.SocketError, 0, "");
        FinishCheck.Run(world, number, ref check);
        return false;
    }
}
