namespace Engine.Data.Variables;

/// <summary>What variables may take, bytes; 0: no limit. The wider include the narrower (<c>tune.vars.*</c>).</summary>
public struct VariableLimits
{
    /// <summary>What a variable counts for beside the bytes of its value: as much as the reference counts.</summary>
    public const int Overhead = 80;

    /// <summary>All of them. Threads do not count what others hold: each keeps this limit for itself.</summary>
    public uint Global;

    public uint Process;

    /// <summary>A session with its transaction.</summary>
    public uint Session;

    /// <summary>A transaction with its request and response.</summary>
    public uint Transaction;

    /// <summary>A request, or a response.</summary>
    public uint Message;

    /// <summary>A check.</summary>
    public uint Check;

    public readonly bool Any => (Global | Process | Session | Transaction | Message | Check) != 0;
}
