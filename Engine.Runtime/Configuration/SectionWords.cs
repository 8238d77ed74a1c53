using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration;

/// <summary>The words that open the sections global, defaults, frontend, listen and backend (manual section 2.1).</summary>
internal static unsafe class SectionWords
{
    private const string Usage = "<name> [from <defaults>]";

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Sections.Add(new("global", SectionKinds.Global, "", &OpenGlobal));
        Words.Sections.Add(new("defaults", SectionKinds.Defaults, "[<name>] [from <defaults>]", &OpenDefaults));
        Words.Sections.Add(new("frontend", SectionKinds.Frontend, Usage, &OpenProxy));
        Words.Sections.Add(new("listen", SectionKinds.Listen, Usage, &OpenProxy));
        Words.Sections.Add(new("backend", SectionKinds.Backend, Usage, &OpenProxy));
    }

    private static void OpenGlobal(Directive line)
    {
        line.RefusesMoreThan(0);
        line.Draft.HasGlobal = true;
    }

    private static void OpenDefaults(Directive line)
    {
        string name = line[1] == "from" && line.Count == 3 ? "" : line[1];
        int fromAt = name.Length == 0 ? 1 : 2;
        ProxyDraft? parent = ReadFrom(line, fromAt, "defaults", name);
        CheckName(line, name);
        if (name.Length > 0 && line.Draft.FindDefaults(name) is { } twin)
        {
            line.Diagnostics.Alert($"Parsing [{line.File}:{line.Line}]: defaults '{name}' has the same name as "
                + $"another defaults section declared at {twin.File}:{twin.Line}.");
        }
        ProxyDraft draft = Begin(line, SectionKinds.Defaults, name, parent);
        line.Draft.Defaults.Add(draft);
    }

    private static void OpenProxy(Directive line)
    {
        string name = line[1];
        if (name.Length == 0)
        {
            line.Alert($"'{line[0]}' expects an <id> argument");
            name = "-";
        }
        CheckName(line, name);
        ProxyDraft? parent = null;
        if (line[2] == "from")
        {
            if (line.Count > 4) line.RefuseWord(line[0], line[4]);
            parent = ReadFrom(line, 2, line[0], name);
        }
        if (line.Count > 2 && line[2] != "from" || line[2] == "from" && line.Count == 3)
            line.Alert("please use the 'bind' keyword for listening addresses.");
        ProxyDraft draft = Begin(line, line.Section, name, parent ?? LastDefaults(line.Draft));
        draft.NamesItsDefaults = parent is not null;
        ReportTwin(line, draft);
        draft.Target.Capabilities = line.Section switch
        {
            SectionKinds.Frontend => ProxyCapabilities.Frontend,
            SectionKinds.Backend => ProxyCapabilities.Backend,
            _ => ProxyCapabilities.Listen,
        };
        line.Draft.Add(draft);
    }

    /// <summary>The section named behind <c>from</c>; null when there is no such word, or after an alert.</summary>
    private static ProxyDraft? ReadFrom(Directive line, int at, string kind, string name)
    {
        if (line[at] != "from") return null;
        string wanted = line[at + 1];
        if (wanted.Length == 0) return null;
        ProxyDraft? found = line.Draft.FindDefaults(wanted);
        if (found is null) line.Alert($"defaults section '{wanted}' not found for {kind} '{name}'.");
        return found;
    }

    private static ProxyDraft? LastDefaults(ConfigurationDraft draft) =>
        draft.Defaults.Count == 0 ? null : draft.Defaults[^1];

    private static ProxyDraft Begin(Directive line, SectionKinds kind, string name, ProxyDraft? parent)
    {
        ProxyDraft draft = new(kind, name) { File = line.File, Line = line.Line };
        if (parent is not null) draft.InheritFrom(parent);
        draft.Target.File = line.File;
        draft.Target.Line = line.Line;
        line.OpenProxy = draft;
        return draft;
    }

    private static void ReportTwin(Directive line, ProxyDraft draft)
    {
        ProxyDraft? twin = draft.HasFrontend ? line.Draft.FindFrontend(draft.Name) : null;
        twin ??= draft.HasBackend ? line.Draft.FindBackend(draft.Name) : null;
        twin ??= line.Draft.FindFrontend(draft.Name) ?? line.Draft.FindBackend(draft.Name);
        if (twin is null) return;
        bool bothSides = (draft.HasFrontend && twin.HasFrontend) || (draft.HasBackend && twin.HasBackend);
        string what = $"Parsing [{line.File}:{line.Line}]: {line[0]} '{draft.Name}' has the same name as "
            + $"{twin.SectionWord} '{twin.Name}' declared at {twin.File}:{twin.Line}.";
        if (bothSides)
            line.Diagnostics.Alert(what + " This is no longer supported as of 3.3. Please rename one or the other.");
        else line.Diagnostics.Warn(what);
    }

    private static void CheckName(Directive line, string name)
    {
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':') continue;
            line.Alert($"character '{c}' is not permitted in '{line[0]}' name '{name}'.");
            return;
        }
    }
}
