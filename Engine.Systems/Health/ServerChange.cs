using Engine.Data.Configuration;
using Engine.Data.Health;

namespace Engine.Systems.Health;

/// <summary>A change of a server that is to be told.</summary>
public ref struct ServerChange(Server server, ServerHealth before, ServerHealth after)
{
    public readonly Server Server = server;
    public readonly ServerHealth Before = before;
    public readonly ServerHealth After = after;

    /// <summary>Waiters that go elsewhere, or that it took.</summary>
    public int Requeued;
}
