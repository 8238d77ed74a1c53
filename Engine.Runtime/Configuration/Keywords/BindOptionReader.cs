using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Reads the options behind the addresses of a <c>bind</c> or <c>stats socket</c> line.</summary>
internal static unsafe class BindOptionReader
{
    /// <summary>Reads to the end of the line. <paramref name="what"/> is how messages name the line.</summary>
    public static void Run(Directive line, BindDraft draft, string what)
    {
        draft.What = what;
        while (!line.AtEnd)
        {
            string word = line.Next();
            BindOption? row = Words.BindOptions.Find(word);
            if (row is null)
            {
                RefuseUnknown(line, draft, word);
                return;
            }
            int alertsBefore = line.Diagnostics.Alerts;
            row.Parse(line, draft);
            if (line.Diagnostics.Alerts > alertsBefore) return;
        }
    }

    private static void RefuseUnknown(Directive line, BindDraft draft, string word)
    {
        if (word == "process")
        {
            line.Alert($"{draft.What} : 'process {line.Peek()}' on 'bind' lines is not supported anymore, "
                + "please use 'thread' instead.");
            return;
        }
        if (UnsupportedWords.Contains("bind", word))
        {
            line.Alert($"{draft.What} : '{word}' is not supported yet.");
            return;
        }
        string? like = Likeness.Nearest(word, Words.BindOptions, "bind");
        if (draft.ForAdmin)
            line.Alert($"{draft.What} : unknown keyword '{word}'.{(like is null ? "" : $" Did you mean '{like}' maybe ?")}");
        else line.Alert($"{draft.What}: unknown keyword '{word}'{(like is null ? "." : $"; did you mean '{like}' maybe ?")}");
    }
}
