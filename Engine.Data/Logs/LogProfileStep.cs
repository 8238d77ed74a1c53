namespace Engine.Data.Logs;

/// <summary>An <c>on</c> line of a log profile: what becomes of lines of a step (manual section 8.3.5).</summary>
public sealed class LogProfileStep
{
    /// <summary>No line at all.</summary>
    public bool Drop;

    /// <summary>Instead of the frontend's format; null: that one.</summary>
    public LogProgram? Format;

    /// <summary>Instead of the frontend's <c>log-format-sd</c>; null: that one.</summary>
    public LogProgram? StructuredData;
}
