using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Tables;

namespace Engine.Systems.Rules;

/// <summary>Reads one rule: the action's word and arguments, then the condition, and puts it into its set.</summary>
internal static unsafe class ParseRule
{
    /// <param name="line">The cursor stands on the action.</param>
    /// <param name="set">The set of the line.</param>
    public static void Run(Directive line, RuleSet set)
    {
        RulesPart part = line.Proxy.Parts.Get<RulesPart>();
        string word = line.Next();
        ActionWord? action = word.Length == 0 ? null : set.Actions.Find(word);
        if (action is null)
        {
            Unknown(line, set, word);
            return;
        }
        // What stands in the defaults section does not count: it may be meant for other proxies.
        if (!set.IsTcp && part.LastOwn(set) is { Condition: null, MayGoOn: false } last && set.Actions.Find(last.Word) is { IsFinal: true })
        {
            line.Diagnostics.Warn($"parsing [{line.File}:{line.Line}]: previous '{set.Word}' action is final and has "
                + "no condition attached, further entries are NOOP.");
        }
        RuleStep step = new() { Word = word, File = line.File, Line = line.Line };
        if (!action.Parse(line, ref step)) return;
        if (!line.AtEnd && line.Peek() is not ("if" or "unless"))
        {
            if (set.IsTcp)
            {
                line.Alert($"'{set.Word} {word}' only accepts 'if' or 'unless', in {Section(line)} "
                    + $"(got '{line.Peek()}')");
            }
            else
            {
                line.Diagnostics.Alert($"parsing [{line.File}:{line.Line}]: '{set.Word} {word}' expects either 'if' or "
                    + $"'unless' followed by a condition but found '{line.Peek()}'.");
            }
            return;
        }
        string complaint = set.IsTcp
            ? $"'{set.Word} {word}' : error detected in {Section(line)} while parsing '{line.Peek()}' condition : "
            : $"error detected while parsing an '{set.Word} {word}' condition : ";
        if (!ParseCondition.TryRun(line, set.PlacesIn(line.Section), complaint, out step.Condition)) return;
        line.Draft.Target.RulePlaces.Add(new RulePlace(ByteView.Literal(line.File), line.Line));
        step.Place = line.Draft.Target.RulePlaces.Count;
        part.Of(set).Add(step);
    }

    /// <summary>The section as messages of TCP rules give it: <c>frontend 'f'</c>.</summary>
    public static string Section(Directive line) => $"{line.Proxy.KindWord} '{line.Proxy.Name}'";

    private static void Unknown(Directive line, RuleSet set, string word)
    {
        if (UnsupportedWords.Contains(set.Word, word))
        {
            line.Alert($"'{set.Word}' : action '{word}' is not supported yet.");
            return;
        }
        StringBuilder text = new();
        text.Append($"parsing [{line.File}:{line.Line}]{(set.IsTcp ? " " : "")}: '{set.Word}' expects ");
        ActionListing.Append(text, set);
        if (set.IsTcp) text.Append($" in {Section(line)} (got '{word}').");
        else text.Append($", but got '{word}'{(word.Length == 0 ? " (missing argument)." : "")}");
        if (word.Length > 0)
        {
            string? near = Likeness.Nearest(word, set.Actions, set.Word);
            string end = set.IsTcp ? "" : ".";
            text.Append(near is null ? end : $"{end} Did you mean '{near}' maybe ?");
        }
        line.Diagnostics.Alert(text.ToString());
    }
}
