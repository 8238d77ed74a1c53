using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Worlds;
using Engine.Systems.Connections;
using Engine.Systems.Timers;

namespace Engine.Systems.Preambles;

/// <summary>
/// An accepted client must tell first whom it speaks for: nothing above sees a byte of it before that (THREATS.md D9:
/// only where the configuration says so).
/// </summary>
public static class BeginPreamble
{
    public static void Run(World world, uint row, ref Connection connection, Listener listener, PreambleKind kind)
    {
        connection.Flags |= ConnectionFlags.AwaitsPreamble;
        ref Preamble preamble = ref world.Preambles[row];
        preamble = default;
        preamble.Kind = kind;
        ProxyTimeouts timeouts = world.Configuration.Proxies[listener.Frontend].Timeouts;
        uint limit = timeouts.ClientHandshakeMs > 0 ? timeouts.ClientHandshakeMs : timeouts.ClientMs;
        SetTimeout.Connection(world, row, ref connection, limit);
        // Once: what follows the preamble may want buffers of another size.
        ArmReceive.Small(world, row, ref connection, OperationFlags.None);
    }
}
