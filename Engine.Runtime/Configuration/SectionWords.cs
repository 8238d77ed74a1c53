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
        if (line.Draft.Proxies.Count + line.Draft.Defaults.Count > 0)
        {
            line.Hint("global section detected after a non-global one, the prevalence of their statements is "
                + "unspecified");
        }
        line.Draft.HasGlobal = true;
    }

    private static void OpenDefaults(Directive line)
    {
        string name = line[1] == "from" && line.Count == 3 ? "" : line[1];
        ProxyDraft? parent = ReadFrom(line, name.Length == 0 ? 1 : 2, name);
        line.Draft.Defaults.Add(Begin(line, SectionKinds.Defaults, name, parent, parent is not null));
    }

    private static void OpenProxy(Directive line)
    {
        string name = line[1];
        if (name.Length == 0) line.Alert($"'{line[0]}' expects an <id> argument");
        CheckName(line, name);
        ProxyDraft? parent = null;
        bool saysFrom = line[2] == "from" && line.Count > 3;
        if (saysFrom && line.Count > 4)
        {
            line.RefuseWord(line[0], line[4]);
            return;
        }
        if (saysFrom) parent = ReadFrom(line, 2, name);
        else if (line.Count > 2 && line.Section == SectionKinds.Backend)
        {
            // The reference says nothing here, but refuses what follows in the section.
            line.OpenProxy = null;
            return;
        }
        else if (line.Count > 2)
        {
            line.Alert("please use the 'bind' keyword for listening addresses.");
            return;
        }
        bool isNamed = parent is not null;
        parent ??= TakeLastDefaults(line);
        ProxyDraft draft = Begin(line, line.Section, name, parent, isNamed);
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
    private static ProxyDraft? ReadFrom(Directive line, int at, string name)
    {
        if (line[at] != "from" || line[at + 1].Length == 0) return null;
        string wanted = line[at + 1];
        ProxyDraft? found = line.Draft.FindDefaults(wanted);
        if (found is null)
        {
            line.Diagnostics.HidesSummary = true;
            line.Alert($"defaults section '{wanted}' not found for {line[0]} '{name}'.");
            return null;
        }
        ProxyDraft? older = line.Draft.Defaults.Find(other => other.Name == wanted && other != found);
        if (older is not null)
        {
            line.Complain($"ambiguous defaults section name '{wanted}' referenced by {line[0]} '{name}' exists at least "
                + $"at {found.File}:{found.Line} and {older.File}:{older.Line}.");
        }
        found.IsNamedByOthers = true;
        WarnOfBothUses(line, found);
        RuleOrder.CheckInheritance(line, found);
        return found;
    }

    private static ProxyDraft? TakeLastDefaults(Directive line)
    {
        if (line.Draft.Defaults.Count == 0) return null;
        ProxyDraft last = line.Draft.Defaults[^1];
        last.IsTakenImplicitly = true;
        WarnOfBothUses(line, last);
        return last;
    }

    private static void WarnOfBothUses(Directive line, ProxyDraft defaults)
    {
        if (!defaults.IsNamedByOthers || !defaults.IsTakenImplicitly) return;
        line.Warn($"defaults section '{defaults.Name}' (declared at {defaults.File}:{defaults.Line}) is explicitly "
            + "referenced by another proxy and implicitly used here. To avoid any ambiguity don't mix both usage. Add a "
            + "last defaults section not explicitly used or always use explicit references.");
    }

    private static ProxyDraft Begin(Directive line, SectionKinds kind, string name, ProxyDraft? parent, bool isNamed)
    {
        ProxyDraft draft = new(kind, name) { File = line.File, Line = line.Line, NamesItsDefaults = isNamed };
        if (parent is not null) draft.InheritFrom(parent);
        draft.Target.File = line.File;
        draft.Target.Line = line.Line;
        line.OpenProxy = draft;
        return draft;
    }

    private static void ReportTwin(Directive line, ProxyDraft draft)
    {
        ProxyDraft? twin = line.Draft.FindFrontend(draft.Name) ?? line.Draft.FindBackend(draft.Name);
        if (twin is null) return;
        string what = $"Parsing [{line.File}:{line.Line}]: {draft.KindWord} '{draft.Name}' has the same name "
            + $"as {twin.KindWord} '{twin.Name}' declared at {twin.File}:{twin.Line}.";
        bool sharesSide = draft.HasFrontend && twin.HasFrontend || draft.HasBackend && twin.HasBackend;
        if (sharesSide) line.Diagnostics.Complain(what);
        line.Diagnostics.HidesSummary = true;
        line.Diagnostics.Alert(what + " This is no longer supported as of 3.3. Please rename one or the other.");
    }

    private static void CheckName(Directive line, string name)
    {
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ':') continue;
            // The reference says so and goes on; files that live with it go on here too.
            line.Complain($"character '{c}' is not permitted in '{line[0]}' name '{name}'.");
            return;
        }
    }
}
