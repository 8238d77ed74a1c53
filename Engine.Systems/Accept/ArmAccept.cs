using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Worlds;

namespace Engine.Systems.Accept;

/// <summary>Keeps the accept of a listening socket armed while connections may be taken.</summary>
public static class ArmAccept
{
    public static void Run(World world, uint listener)
    {
        ref ListenerState state = ref world.Listeners[listener];
        if (state.Fd < 0 || state.Armed || state.Held || world.Paused || world.Stopping) return;
        if (world.Configuration.Proxies[world.Configuration.Listeners[listener].Frontend].State != FrontendState.Open) return;
        ref Operation operation = ref world.Operations.Add();
        operation.Kind = OperationKind.Accept;
        operation.Flags = OperationFlags.Repeat;
        if (world.WantsLocalAddress[listener]) operation.Flags |= OperationFlags.WantLocal;
        operation.Owner = new OperationOwner(OperationKind.Accept, listener, 0);
        operation.Fd = state.Fd;
        state.Armed = true;
    }

    /// <summary>Ends the accept of a listening socket; what was accepted already still arrives.</summary>
    public static void Cancel(World world, uint listener)
    {
        ref ListenerState state = ref world.Listeners[listener];
        if (state.Fd < 0 || !state.Armed || state.Cancelled) return;
        ref Operation operation = ref world.Operations.Add();
        operation.Kind = OperationKind.CancelAll;
        operation.Owner = new OperationOwner(OperationKind.Accept, listener, 0);
        operation.Fd = state.Fd;
        state.Cancelled = true;
    }
}
