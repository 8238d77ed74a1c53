namespace Engine.Data.Logs;

/// <summary>
/// A compiled format string (manual section 8.2.6): items run one after the other into one text, for log lines and
/// for the values, paths and bodies that rules make.
/// </summary>
public sealed class LogProgram
{
    public LogStep[] Steps = [];

    /// <summary>
    /// For log lines: a value that is not there is a dash, and of several spaces in a row one is written. Otherwise
    /// such a value is nothing, and spaces stand as written.
    /// </summary>
    public bool ForLogs;

    /// <summary>The whole line is an object of this encoding, made of <see cref="Items"/> and not of the steps.</summary>
    public LogEncoding Encoding;

    /// <summary>CBOR as bytes, not as hexadecimal digits.</summary>
    public bool Raw;

    /// <summary>The items that have names.</summary>
    public EncodedItem[] Items = [];

    /// <summary>It tells samples, which may be of any connection, and not only what the stream's own log has.</summary>
    public bool HasSamples;

    /// <summary>As written.</summary>
    public string Text = "";
}
