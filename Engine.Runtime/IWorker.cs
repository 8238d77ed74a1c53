using Engine.Data.Health;
using Engine.Data.Tables;
using Engine.Data.Worlds;

namespace Engine.Runtime;

/// <summary>A worker, whatever its kernel back end.</summary>
public interface IWorker
{
    World World { get; }

    System.Action<System.Exception>? TellFault { get; set; }

    System.Action<ValueList<HealthNotice>>? TellNotices { get; set; }

    void Run();

    void Wake();
}
