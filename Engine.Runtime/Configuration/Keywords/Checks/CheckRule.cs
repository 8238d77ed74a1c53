using Engine.Data.Health;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>A rule of a script as it was read: a finished step, or what is needed to make one of a request.</summary>
internal sealed class CheckRule
{
    public CheckStep Step = new();

    public bool IsComment;

    // http-check send: null where it was not said.
    public string? Method;
    public string? Target;
    public string? Version;
    public string Fields = "";
    public string Body = "";
}
