namespace Engine.Data.Logs;

/// <summary>What a log alias writes; encodings need to know.</summary>
public enum LogValueKind : byte
{
    /// <summary>A text of the configuration or of the process.</summary>
    Text = 0,

    Number,

    /// <summary>A number that +X writes in hexadecimal digits, a text then.</summary>
    Code,

    /// <summary>A text of a peer, unsafe bytes written as #XX.</summary>
    Foreign,

    /// <summary>Captured fields in braces.</summary>
    Fields,

    /// <summary>Captured fields one by one.</summary>
    List,

    /// <summary>A sample expression.</summary>
    Sample,
}
