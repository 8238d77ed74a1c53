namespace Engine.Data.Configuration;

/// <summary>A server while its line is read, or what <c>default-server</c> sets.</summary>
public sealed class ServerDraft(Server target)
{
    public readonly Server Target = target;

    /// <summary>The line is <c>default-server</c>.</summary>
    public bool IsDefault;

    /// <summary>The address is a name that was not resolved yet; null otherwise.</summary>
    public string? HostName;

    /// <summary><c>track</c> as written; null when not given.</summary>
    public string? Tracks;

    /// <summary><c>agent-send</c>; null when not given.</summary>
    public string? AgentSend;

    /// <summary><c>init-addr</c>: methods separated by commas; null: the usual ones, <c>last,libc</c>.</summary>
    public string? InitialAddress;

    /// <summary>How messages name it, with the colon behind: <c>'server be/s1' : </c>.</summary>
    public string What = "";

    /// <summary>A message about its line was shown already.</summary>
    public bool WasTold;

    /// <summary>The line is a <c>server-template</c> and the server its first.</summary>
    public bool IsTemplate;

    /// <summary>Its name in messages about options; neither a template nor <c>default-server</c> has one.</summary>
    public string CalledName => IsTemplate || IsDefault ? "(null)" : Target.Name;

    public readonly PartBag Parts = new();

    /// <summary>A draft that starts with the same settings.</summary>
    public ServerDraft Copy(bool isDefault)
    {
        ServerDraft copy = new(Target.Copy())
        {
            IsDefault = isDefault,
            AgentSend = AgentSend,
            Tracks = Tracks,
            InitialAddress = InitialAddress,
        };
        copy.Parts.CopyFrom(Parts);
        return copy;
    }
}
