using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>option</c>, <c>no option</c> and <c>default option</c> (manual section 4.2).</summary>
internal static unsafe class OptionKeyword
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new("option", SectionKinds.Proxies, "<option> [<arguments>]", &Parse)
        {
            MayBeNegated = true,
        });

    private static void Parse(Directive line)
    {
        string word = line.Next();
        OptionWord? row = Words.Options.Find(word);
        bool isSwitchedOff = line.Negated || line.ToDefault;
        if (word.Length == 0) line.AlertTight("'option' expects an option name.");
        else if (row is null) RefuseUnknown(line, word, isSwitchedOff);
        else if (isSwitchedOff && !row.MayBeNegated)
            line.AlertTight($"negation/default is not supported for option '{word}'.");
        else if (row.Parse == null && line.Count > 2) line.RefuseWord($"option {row.Word}", line[2]);
        else if ((row.Sections & line.Section) == 0)
        {
            IgnoreForSide(line, row);
            if (row.Parse != null && row.Word != "forwarded") KeywordDispatch.ReadInVain(line, row.Parse);
        }
        else if (row.Parse != null)
        {
            line.Proxy.OwnOptions |= row.Bit;
            row.Parse(line);
        }
        else SetBit(line, row, isSwitchedOff);
    }

    private static void SetBit(Directive line, OptionWord row, bool isSwitchedOff)
    {
        if (row.ReplacedBy.Length > 0)
        {
            line.Diagnostics.Warn($"parsing [{line.File}:{line.Line}]: option '{row.Word}' is deprecated. "
                + $"please use 'option {row.ReplacedBy}' if absolutely needed.");
        }
        Proxy target = line.Proxy.Target;
        target.Options &= ~(row.Clears | row.Bit);
        if (!isSwitchedOff) target.Options |= row.Bit;
        line.Proxy.OwnOptions |= row.Bit;
        // "default option" leaves it to what the engine does without the word.
        if (line.ToDefault) line.Proxy.SaidOptions &= ~row.Bit;
        else line.Proxy.SaidOptions |= row.Bit;
    }

    private static void IgnoreForSide(Directive line, OptionWord row)
    {
        string side = (row.Sections & SectionKinds.Backend) != 0 ? "backend" : "frontend";
        string what = row.Word == "forwarded" ? "option " : "";
        line.Warn($"'{what}{row.Word}' ignored because {line.Proxy.KindWord} '{line.Proxy.Name}' has no {side} capability.");
    }

    private static void RefuseUnknown(Directive line, string word, bool isSwitchedOff)
    {
        if (RemovedWords.RefuseOption(line, word)) return;
        if (UnsupportedWords.Contains("option", word)) line.Alert($"option '{word}' is not supported yet.");
        else if (isSwitchedOff) line.AlertTight($"negation/default is not supported for option '{word}'.");
        else
        {
            string? like = Likeness.Nearest(word, Words.Options, "option");
            if (like == "originalto") like = "original-to"; // the reference's list has it so, its reader does not
            line.Alert($"unknown option '{word}'{(like is null ? "." : $"; did you mean '{like}' maybe ?")}");
        }
    }
}
