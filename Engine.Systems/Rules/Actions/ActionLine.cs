using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Samples;
using Engine.Systems.Logs;

namespace Engine.Systems.Rules.Actions;

/// <summary>What the parsers of actions share: complaints in the reference's shape, and formats of their set.</summary>
internal static class ActionLine
{
    /// <summary>An error of an action's arguments. Answers false.</summary>
    public static bool Refuse(Directive line, string reason)
    {
        if (RuleSet.Of(line).IsTcp)
        {
            line.Alert(reason);
            return false;
        }
        string rule = line[0] == "redirect" ? "redirect" : $"'{line[0]} {line[1]}'";
        line.Alert($"error detected in {line.Proxy.KindWord} '{line.Proxy.Name}' while parsing {rule} rule : {reason}.");
        return false;
    }

    /// <summary>Whether the arguments end here: at the end of the line, at <c>if</c> or <c>unless</c>.</summary>
    public static bool EndsHere(Directive line) => line.AtEnd || line.Peek() is "if" or "unless";

    /// <summary>Compiles a format to be evaluated with the rules of the line's set. Null after an alert.</summary>
    public static LogProgram? Format(Directive line, string text, bool isPlain = false)
    {
        ParsePlace place = PlaceOf(line);
        if (CompileFormat.Run(place, text, forLogs: false, out string reason, isPlain) is { } program) return program;
        Refuse(line, reason);
        return null;
    }

    public static ParsePlace PlaceOf(Directive line)
    {
        RuleSet set = RuleSet.Of(line);
        return ParsePlace.Of(line, set.PlacesIn(line.Section), $"{set.Word} expression");
    }
}
