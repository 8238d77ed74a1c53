namespace Engine.Runtime.Admin;

/// <summary>How a Runtime API connection goes on after a line (management guide section 9.3).</summary>
public enum AdminMode : byte
{
    /// <summary>It is closed when the answers to its first line were sent.</summary>
    SingleLine = 0,

    /// <summary>It waits for another line.</summary>
    Interactive,

    /// <summary>It waits for another line and says so with a prompt.</summary>
    Prompt,
}
