namespace Engine.Data.Health;

/// <summary>What a check found. The numbers are those of <c>show servers state</c>, the words those of <c>show stat</c>.</summary>
public enum CheckStatus : byte
{
    Unknown = 0,
    Initialising = 1,
    Started = 2,
    Checked = 3,

    /// <summary>Enough errors in traffic (<c>observe</c>).</summary>
    Observed = 4,
    SocketError = 5,
    Layer4Ok = 6,
    Layer4Timeout = 7,
    Layer4Failed = 8,
    Layer6Ok = 9,
    Layer6Timeout = 10,
    Layer6Invalid = 11,
    Layer7Timeout = 12,
    Layer7Invalid = 13,
    Layer7Data = 14,
    Layer7Ok = 15,
    Layer7Conditional = 16,
    Layer7Status = 17,
    ProcessError = 18,
    ProcessTimeout = 19,
    ProcessOk = 20,
}
