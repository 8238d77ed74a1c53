using System;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Logs;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>log-profile</c> section (manual section 8.3.5) and <c>log-steps</c> (section 4.2).</summary>
internal static unsafe class LogProfileWords
{
    private const uint AllSteps = uint.MaxValue;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Sections.Add(new("log-profile", SectionKinds.LogProfile, "<name>", &Open));
        Words.Keywords.Add(new("log-tag", SectionKinds.LogProfile, "<text>", &Tag));
        Words.Keywords.Add(new("on", SectionKinds.LogProfile, "<step> { drop | [format <format>] [sd <format>] }", &On));
        Words.Keywords.Add(new("log-steps", SectionKinds.Proxies, "{ all | <step>[,<step>]* }", &Steps));
    }

    private static void Open(Directive line)
    {
        LogProfiles profiles = line.Draft.Parts.Get<LogProfiles>();
        string name = line[1];
        profiles.Open = new LogProfile { Name = name, File = line.File, Line = line.Line };
        if (name.Length == 0) line.Alert("missing name for log-profile section.");
        else if (FirstForbidden(name) is { } bad) line.Alert($"character '{bad}' is not permitted in 'log-profile' name '{name}'.");
        else if (line.RefusesMoreThan(1)) return;
        else if (profiles.ByName.TryGetValue(name, out LogProfile? twin))
        {
            line.Diagnostics.Alert($"Parsing [{line.File}:{line.Line}]: log-profile section '{name}' has the same name as "
                + $"another log-profile section declared at {twin.File}:{twin.Line}.");
        }
        else profiles.ByName.Add(name, profiles.Open);
    }

    private static char? FirstForbidden(string name)
    {
        foreach (char c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or ':')) return c;
        return null;
    }

    private static void Tag(Directive line)
    {
        if (line.Count < 2) line.Alert("'log-tag' expects a tag for use in syslog.");
        else line.Draft.Parts.Get<LogProfiles>().Open.Tag = ByteView.Literal(line[1]);
    }

    private static void On(Directive line)
    {
        string name = line.Next();
        LogProfile profile = line.Draft.Parts.Get<LogProfiles>().Open;
        LogOrigin origin = name == "error" ? LogOrigin.SessionError : LogOrigin.Unspecified;
        if (name is not ("error" or "any") && !LogStepNames.TryFind(name, out origin))
        {
            line.AlertTight("'on' expects a log step.\n"
                + "expected values are: 'accept', 'request', 'connect', 'response', 'close', 'error' or 'any'.\n"
                + $"Or one of the additional log steps: {Quoted()}.");
            return;
        }
        LogProfileStep step = new();
        if (!TryReadStep(line, name, step)) return;
        if (name == "any") profile.Any = step;
        else profile.Steps[(int)origin] = step;
        if (name == "error") profile.Steps[(int)LogOrigin.SessionKilled] = step;
    }

    /// <summary>What stands behind <c>drop</c> is not looked at.</summary>
    private static bool TryReadStep(Directive line, string name, LogProfileStep step)
    {
        if (line.TryTake("drop"))
        {
            step.Drop = true;
            return true;
        }
        if (line.AtEnd) return RefuseStep(line, name);
        while (!line.AtEnd)
        {
            string what = line.Next();
            if (what is not ("format" or "sd")) return RefuseStep(line, name);
            if (line.AtEnd)
            {
                line.Alert($"'on {name} {what}' expects a logformat string.");
                return false;
            }
            if (Compile(line, line.Next()) is not { } program) return false;
            if (what == "format") step.Format = program;
            else step.StructuredData = program;
        }
        return true;
    }

    private static bool RefuseStep(Directive line, string name)
    {
        line.Alert($"'on {name}' expects 'drop', 'format' or 'sd'.");
        return false;
    }

    private static LogProgram? Compile(Directive line, string text)
    {
        ParsePlace place = new(line.Draft, null, line.File, line.Line, SamplePlaces.Logs) { Ruleset = "log-format string" };
        if (CompileFormat.Run(place, text, forLogs: true, out string reason) is { } program) return program;
        line.Diagnostics.Alert($"Parsing [{line.File}:{line.Line}]: failed to parse logformat: {reason}.");
        return null;
    }

    private static string Quoted()
    {
        StringBuilder text = new();
        foreach ((string name, _) in LogStepNames.OfRules)
            text.Append(text.Length == 0 ? "" : ", ").Append('\'').Append(name).Append('\'');
        return text.ToString();
    }

    private static void Steps(Directive line)
    {
        if (line.Section == SectionKinds.Backend)
        {
            line.Warn($"log-steps will be ignored because backend '{line.Proxy.Name}' has no frontend capability");
            return;
        }
        string text = line[1];
        uint steps = text == "all" ? AllSteps : 0;
        while (steps != AllSteps && text.Length > 0)
        {
            int comma = text.IndexOf(',');
            string name = comma < 0 ? text : text[..comma];
            text = comma < 0 ? "" : text[(comma + 1)..];
            if (!LogStepNames.TryFind(name, out LogOrigin origin))
            {
                line.Alert($"invalid log step name ({name}). Expected values are: {Listed()}");
                return;
            }
            steps |= 1u << (int)origin;
        }
        line.Proxy.Target.LogSteps = steps;
    }

    private static string Listed()
    {
        StringBuilder text = new();
        foreach ((string name, _) in LogStepNames.All) text.Append(text.Length == 0 ? "" : ", ").Append(name);
        return text.ToString();
    }
}
