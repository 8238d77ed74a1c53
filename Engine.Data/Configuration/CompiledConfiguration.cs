using System;
using Engine.Data.Logs;
using Engine.Data.Patterns;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Data.Tables;
using Engine.Data.Tls;
using Engine.Data.Variables;

namespace Engine.Data.Configuration;

/// <summary>
/// What the engine runs: every name resolved to a number, every rule and format compiled. Immutable once the workers
/// run; what changes at run time stands in tables.
/// </summary>
public sealed class CompiledConfiguration
{
    public Globals Globals = new();

    /// <summary>By number. The Runtime API adds backends, each time in a larger copy, as it does with servers.</summary>
    public Proxy[] Proxies = [];

    public Listener[] Listeners = [];

    /// <summary>
    /// By number. The Runtime API adds servers, each time in a larger copy: who walks it holds what it began with.
    /// </summary>
    public volatile Server[] Servers = [];

    /// <summary>Rows that tables by server have, those included that may be added while the process runs.</summary>
    public int ServerRows
    {
        get => Math.Max(serverRows, Servers.Length);
        set => serverRows = value;
    }

    private int serverRows;

    /// <summary>The same of tables by proxy.</summary>
    public int ProxyRows
    {
        get => Math.Max(proxyRows, Proxies.Length);
        set => proxyRows = value;
    }

    private int proxyRows;

    /// <summary>Some server has health or agent checks.</summary>
    public bool ChecksAny
    {
        get
        {
            foreach (Server server in Servers)
                if (server.IsChecked || server.HasAgent) return true;
            return false;
        }
    }

    /// <summary>Log targets of named defaults sections, for backends that are added while the process runs.</summary>
    public LogTarget[] LaterLogTargets = [];

    /// <summary>The stick tables, by number.</summary>
    public StickTableSettings[] StickTables = [];

    /// <summary>Places a session and a stream have for what they track: 0 where no rule tracks.</summary>
    public int StickCounters;

    /// <summary>Bytes of the keys that a stream may have to store with its server, at most; 0: no rule stores.</summary>
    public int StoredKeysSize;

    /// <summary>The variables that rules and expressions name.</summary>
    public VariableNames Variables = new();

    /// <summary>What <c>set-var</c> of the global section gave to variables of the process.</summary>
    public ValueList<(int Slot, Sample Value)> ProcessValues = new();

    /// <summary>The lists of ACLs and maps, which may change at run time.</summary>
    public PatternLists Patterns = new();

    /// <summary>What encrypted connections need; null when no line says <c>ssl</c>.</summary>
    public TlsSettings? Tls;

    /// <summary>What families of words need once more while the process runs, by type.</summary>
    public PartBag Parts = new();

    /// <summary>Where the rules stand.</summary>
    public ValueList<RulePlace> RulePlaces { get; } = new();

    /// <summary>Backends by name, for names that are made at run time.</summary>
    public NamedNumbers? BackendNames { get; set; }
}
