using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel.Simulated;

/// <summary>What stands behind a descriptor of the engine, and what is armed on it.</summary>
internal sealed class SimulatedSocket(int fd)
{
    public int Fd { get; } = fd;

    /// <summary>Set for a connection.</summary>
    public SimulatedEndpoint? Endpoint { get; set; }

    /// <summary>Set for a listening socket.</summary>
    public SimulatedListener? Listener { get; set; }

    /// <summary>Set for a log target.</summary>
    public SimulatedSink? Sink { get; set; }

    /// <summary>The back end that armed something here last: where events go.</summary>
    public SimulatedEngine? Engine { get; set; }

    /// <summary>Accept or Receive; of kind None when nothing is armed.</summary>
    public Operation Receive;

    /// <summary>Send or Connect; of kind None when nothing is armed.</summary>
    public Operation Send;

    public bool IsClosed { get; set; }
}
