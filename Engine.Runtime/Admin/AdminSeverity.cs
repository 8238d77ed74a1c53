namespace Engine.Runtime.Admin;

/// <summary>How much an answer of one message matters, in the numbers of syslog; what only lists or shows has none.</summary>
public enum AdminSeverity
{
    Error = 3,
    Warning = 4,
    Notice = 5,
    Information = 6,
}
