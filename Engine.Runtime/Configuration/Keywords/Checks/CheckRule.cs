using Engine.Data.Health;
using Engine.Data.Logs;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>A rule of a script as it was read: a finished step, or what is needed to make one of a request.</summary>
internal sealed class CheckRule
{
    public CheckStep Step = new();

    public bool IsComment;

    // http-check send: null where it was not said.
    public string? Method;

    /// <summary>A format, as are the fields.</summary>
    public string? Target;

    public string? Version;
    public string Fields = "";
    public string Body = "";
    public LogProgram? BodyOf;

    /// <summary><c>hdr connection</c>: what a request says of its connection is its own matter.</summary>
    public bool SaysConnection;

    public bool SaysClose;

    public bool SaysKeepAlive;

    /// <summary>A constant as a format.</summary>
    public static string Escape(string text) => text.Replace("%", "%%");
}
