namespace Engine.Data.Logs;

/// <summary>A compiled log format (manual section 8.2): items run one after the other into one line.</summary>
public sealed class LogProgram
{
    public LogStep[] Steps = [];

    /// <summary>As written.</summary>
    public string Text = "";
}
