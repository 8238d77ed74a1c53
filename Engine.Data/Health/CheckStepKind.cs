namespace Engine.Data.Health;

public enum CheckStepKind : byte
{
    Connect = 0,
    Send,

    /// <summary>Builds and sends an HTTP request.</summary>
    SendHttp,
    Expect,

    /// <summary>Sets or unsets a variable.</summary>
    Assign,
}
