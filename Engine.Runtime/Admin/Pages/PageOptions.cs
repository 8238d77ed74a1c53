using System;
using Engine.Data.Pages;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// What stands behind the page's path: <c>;csv</c>, <c>;json</c>, <c>;up</c>, <c>;norefresh</c>, <c>;st=DONE</c>, a scope.
/// </summary>
internal sealed class PageOptions
{
    public string Path { get; private init; } = "";

    public PageForms Form { get; private init; }

    public bool OnlyUp { get; private init; }

    public bool NoMaintenance { get; private init; }

    public bool NoRefresh { get; private init; }

    /// <summary>Outcome of a form that was sent before; empty: none.</summary>
    public string Outcome { get; private init; } = "";

    public string Scope { get; private init; } = "";

    public string[] Names { get; private init; } = [];

    /// <summary>The options that links on the page keep.</summary>
    public string Kept => Flags + (Scope.Length > 0 ? $";scope={Uri.EscapeDataString(Scope)}" : "");

    /// <summary>The same where the answer to a form leads.</summary>
    public string KeptBehindForm => Flags + (Scope.Length > 0 ? $"?scope={Uri.EscapeDataString(Scope)}" : "");

    private string Flags => $"{(OnlyUp ? ";up" : "")}{(NoRefresh ? ";norefresh" : "")}";

    public StatFilter Filter => new() { OnlyUp = OnlyUp, NotInMaintenance = NoMaintenance, Scope = Scope };

    public static PageOptions Read(PageRequest request)
    {
        string prefix = request.Page!.Prefix.ToString();
        string rest = request.Target[Math.Min(prefix.Length, request.Target.Length)..];
        string[] words = rest.Split((char[])[';', '&', '?'], StringSplitOptions.RemoveEmptyEntries);
        string Value(string name)
        {
            foreach (string word in words)
                if (word.StartsWith(name + "=", StringComparison.Ordinal)) return word[(name.Length + 1)..];
            return "";
        }
        bool Has(string name) => Array.IndexOf(words, name) >= 0;
        return new PageOptions
        {
            Path = prefix,
            Form = FormOf(words),
            OnlyUp = Has("up"),
            NoMaintenance = Has("no-maint"),
            NoRefresh = Has("norefresh"),
            Outcome = Value("st"),
            Scope = Uri.UnescapeDataString(Value("scope")),
            Names = request.Page.Scopes,
        };
    }

    private static PageForms FormOf(string[] words)
    {
        if (Array.IndexOf(words, "csv") >= 0) return PageForms.Csv;
        if (Array.IndexOf(words, "json") >= 0) return PageForms.Json;
        return Array.IndexOf(words, "json-schema") >= 0 ? PageForms.Schema : PageForms.Html;
    }

    /// <summary>Whether the page shows a proxy (<c>stats scope</c>).</summary>
    public bool Shows(string proxy) => Names.Length == 0 || Array.IndexOf(Names, proxy) >= 0;
}
