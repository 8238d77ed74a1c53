using Engine.Data.Configuration;

namespace Engine.Data.Registries;

/// <summary>A command of the Runtime API: one to four words (management guide section 9).</summary>
public sealed class CliCommand(string words, AdminLevel level, string usage, object run) : Row(words, usage)
{
    /// <summary>Least level that may use it.</summary>
    public AdminLevel Level { get; } = level;

    /// <summary>What <c>help</c> says it does.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Works, but <c>help</c> does not list it.</summary>
    public bool Hidden { get; init; }

    public bool OnMaster { get; init; }

    public bool OnWorker { get; init; } = true;

    public bool Expert { get; init; }

    public bool Experimental { get; init; }

    /// <summary>What the admin socket's owner calls: a delegate or function of its own type.</summary>
    public object Run { get; } = run;
}
