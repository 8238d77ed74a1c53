using Engine.Data.Worlds;

namespace Engine.Runtime;

/// <summary>A worker, whatever its kernel back end.</summary>
public interface IWorker
{
    World World { get; }

    void Run();

    void Wake();
}
