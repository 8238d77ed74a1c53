namespace Engine.Data.Configuration;

/// <summary>How grave a message about the configuration is.</summary>
public enum DiagnosticLevel : byte
{
    /// <summary>Only with <c>-dD</c>: legal, but probably not meant.</summary>
    Diagnostic = 0,
    Notice,
    Warning,

    /// <summary>Written by <c>.alert</c> and by errors: the configuration cannot be used.</summary>
    Alert,
}
