using System;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// <c>from</c> on a <c>server</c> or <c>default-server</c> line: whose settings it starts with (manual section 5.2). It
/// stands before all other options, and what it names stands before it in the files.
/// </summary>
internal static class ServerOrigin
{
    /// <summary>The draft that a line goes on from. Null after an alert.</summary>
    /// <param name="line">Its cursor stands where <c>from</c> may be.</param>
    /// <param name="what">How messages name the line.</param>
    /// <param name="usual">Where it starts without <c>from</c>.</param>
    /// <param name="isDefault">The line is <c>default-server</c>.</param>
    public static ServerDraft? Take(Directive line, string what, ServerDraft usual, bool isDefault)
    {
        ServerDraft? origin = usual;
        if (IsNext(line, "from"))
        {
            line.Next();
            origin = Find(line, line.Next(), out string error);
            if (origin is not null && IsNext(line, "from"))
            {
                origin = null;
                error = "'from' keyword can only be specified once.";
            }
            if (origin is null) line.Diagnostics.Alert($"[{line.File}:{line.Line}] : {what}{error}");
        }
        if (origin is null) return null;
        ServerDraft draft = origin.Copy(isDefault);
        draft.What = what;
        // What names one server is no setting.
        draft.Target.Id = 0;
        draft.Target.Guid = null;
        return draft;
    }

    public static bool IsNext(Directive line, string word) => !line.AtEnd && line[line.Position] == word;

    private static ServerDraft? Find(Directive line, string origin, out string error)
    {
        error = "";
        if (origin.Length == 0) error = "from: missing value.";
        else if (origin == "none") return new ServerDraft(new Server());
        else if (origin.StartsWith("be:", StringComparison.Ordinal)) return OfBackend(line, origin[3..], ref error);
        else if (origin.StartsWith("srv:", StringComparison.Ordinal)) return OfServer(line, origin[4..], ref error);
        else error = $"invalid '{origin}' value for 'from' keyword.";
        return null;
    }

    private static ServerDraft? OfBackend(Directive line, string name, ref string error)
    {
        ProxyDraft? backend = name.Length == 0 ? line.Proxy : line.Draft.FindBackend(name);
        if (backend is null) error = $"from: unknown backend instance '{name}'.";
        return backend?.DefaultServer;
    }

    private static ServerDraft? OfServer(Directive line, string path, ref string error)
    {
        int slash = path.IndexOf('/');
        string name = path[(slash + 1)..];
        if (name.Length == 0)
        {
            error = "from: require <backend>/<server>.";
            return null;
        }
        ProxyDraft? backend = slash < 0 ? line.Proxy : line.Draft.FindBackend(path[..slash]);
        if (backend is null)
        {
            error = $"from: unknown backend '{path[..slash]}'.";
            return null;
        }
        if (backend.NamedServers.TryGetValue(name, out ServerDraft? draft)) return draft;
        if (backend.ServersByName.TryGetValue(name, out draft)) return draft;
        error = $"from: unknown server '{name}' in backend '{backend.Name}'.";
        return null;
    }
}
