using System;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Configuration.Keywords;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Reads configuration files line by line into a draft: words, conditional blocks, sections, keywords. Every error is
/// reported and reading goes on with the next line.
/// </summary>
public sealed unsafe class ConfigurationReader
{
    private readonly ConfigurationDraft draft;
    private readonly EnvironmentTable environment = new();
    private readonly LineLexer lexer;
    private readonly Directive line;
    private readonly ConditionalBlocks blocks;
    private SectionWord? section;
    private string? badFile;

    // What to do about empty words was said.
    private bool advised;

    // Inside a section that is known but not run yet: its lines would only repeat the refusal.
    private bool skips;

    public ConfigurationReader(ConfigurationDraft draft)
    {
        this.draft = draft;
        lexer = new LineLexer(environment);
        line = new Directive(draft);
        blocks = new ConditionalBlocks(draft.Diagnostics);
    }

    /// <summary><c>-dC</c>: takes the words of each line, also of those in branches that are not read.</summary>
    public Action<string>? Dump;

    /// <summary>The opening line of a section was refused, so names that the file declares may be missing.</summary>
    public bool LostSection;

    /// <summary>Reads one file. <paramref name="name"/> is what messages call it.</summary>
    public void ReadFile(string name, ReadOnlySpan<byte> content)
    {
        ReportPreviousFile();
        int alertsBefore = draft.Diagnostics.Alerts;
        CloseSection();
        section = null;
        line.OpenProxy = null;
        line.Section = SectionKinds.None;
        line.SectionWord = "";
        environment.Section = "";
        DefaultPathKeyword.Enter(draft, name);
        ReadLines(name, content);
        CloseSection();
        DefaultPathKeyword.Leave(draft);
        if (draft.Diagnostics.Alerts > alertsBefore) badFile = name;
    }

    /// <summary>
    /// Says of the file read last that it has errors. Done when the next one begins, and by the loader after names
    /// were resolved, so that the line stands behind all that is wrong.
    /// </summary>
    public void ReportPreviousFile()
    {
        if (badFile is not null) draft.Diagnostics.Alert($"Error(s) found in configuration file : {badFile}");
        badFile = null;
    }

    private void ReadLines(string name, ReadOnlySpan<byte> content)
    {
        int number = 0;
        blocks.Begin();
        while (!content.IsEmpty)
        {
            number++;
            int end = content.IndexOf((byte)'\n');
            ReadOnlySpan<byte> text = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            line.File = name;
            line.Line = number;
            environment.File = name;
            environment.Line = number;
            if (end < 0)
            {
                draft.Diagnostics.Alert(
                    $"parsing [{name}:{number}]: Missing LF on last line, file might have been truncated at " +
                    $"position {LengthAsText(text) + 1}.");
                return;
            }
            int nul = text.IndexOf((byte)0);
            if (nul >= 0)
            {
                draft.Diagnostics.Alert(
                    $"parsing [{name}:{number}]: Stray NUL character at position {nul + 1}.");
                continue;
            }
            ReadLine(text);
            if (draft.Diagnostics.Aborted)
            {
                blocks.End(name, number);
                return;
            }
            if (draft.Diagnostics.Alerts >= Diagnostics.AlertsMax)
            {
                draft.Diagnostics.Alert($"parsing [{name}:{number}]: too many fatal errors "
                    + $"({Diagnostics.AlertsMax}), stopping now.");
                draft.Diagnostics.Aborted = true;
                return;
            }
        }
        blocks.End(name, number);
    }

    private static int LengthAsText(ReadOnlySpan<byte> text)
    {
        int nul = text.IndexOf((byte)0);
        return nul < 0 ? text.Length : nul;
    }

    private void ReadLine(ReadOnlySpan<byte> text)
    {
        LexFault fault = lexer.Run(text);
        if (fault == LexFault.TooManyWords)
        {
            draft.Diagnostics.Alert(
                $"parsing [{line.File}:{line.Line}]: too many words, truncating after word {LineLexer.WordsMax}, " +
                $"position {lexer.FaultAt + 1}: <{lexer.Words[LineLexer.WordsMax - 1]}>.");
            return;
        }
        if (fault != LexFault.None)
        {
            draft.Diagnostics.Alert(LexMessage.Of(fault, text, lexer.FaultAt, line.File, line.Line));
            return;
        }
        if (Dump is not null) DumpLine(Dump);
        if (lexer.Count == 0) return;
        line.Load(lexer.Words, lexer.Count);
        if (blocks.Takes(line) || line[0].Length == 0) return;
        if (HasEmptyWord(text)) return;
        if (line[0] is "no" or "default" && !TakeNegation()) return;
        if (OpensSection()) return;
        if (section is not null && KeywordDispatch.TryRun(line)) return;
        if (skips || SkipsSection()) return;
        if (section is not null) KeywordDispatch.RefuseUnknown(line);
        else line.AlertTight($"unknown keyword '{line[0]}' out of section.");
    }

    private void DumpLine(Action<string> dump)
    {
        StringBuilder text = new();
        bool opens = lexer.Count > 0
            && (Words.Sections.Find(lexer.Words[0]) is not null || UnsupportedWords.Contains("section", lexer.Words[0]));
        if (!opens) text.Append('\t');
        for (int i = 0; i < lexer.Count; i++) text.Append(lexer.Words[i]).Append(' ');
        dump(text.Append('\n').ToString());
    }

    private bool HasEmptyWord(ReadOnlySpan<byte> text)
    {
        // setenv may give a variable no value, and says itself when that is not wanted.
        if (line[0] is "setenv" or "presetenv" or "no" or "default") return false;
        for (int i = 1; i < line.Count; i++)
        {
            if (line[i].Length > 0) continue;
            int at = lexer.Places[i];
            draft.Diagnostics.Alert(LexMessage.OfEmptyWord(text, i, at, line.File, line.Line, advises: !advised));
            advised = true;
            if (environment.Nearest(LexMessage.VariableAt(text, at)) is { } like)
                draft.Diagnostics.Notice($"Hint: maybe you meant {like} instead ?");
            return true;
        }
        return false;
    }

    private bool TakeNegation()
    {
        bool negated = line[0] == "no";
        bool isKnown = line[1] is "busy-polling" or "set-dumpable" or "strict-limits" or "insecure-fork-wanted"
            or "numa-cpu-mapping";
        foreach (Keyword keyword in Words.Keywords.FindAll(line[1]))
        {
            if (!keyword.MayBeNegated) continue;
            line.DropFirst();
            line.Negated = negated;
            line.ToDefault = !negated;
            return true;
        }
        if (isKnown)
        {
            line.DropFirst();
            return true;
        }
        line.Diagnostics.Alert(
            $"parsing [{line.File}:{line.Line}]: negation/default currently supported only for options, log, " +
            "busy-polling, set-dumpable, strict-limits, insecure-fork-wanted and numa-cpu-mapping.");
        return false;
    }

    private bool OpensSection()
    {
        SectionWord? opened = Words.Sections.Find(line[0]);
        if (opened is null) return false;
        CloseSection();
        section = opened;
        if (opened.Kind != SectionKinds.Global) draft.HasOtherSection = true;
        line.Section = opened.Kind;
        line.SectionWord = opened.Word;
        line.OpenProxy = null;
        int alertsBefore = draft.Diagnostics.Alerts;
        opened.Open(line);
        if (draft.Diagnostics.Alerts > alertsBefore) LostSection = true;
        environment.Section = line.OpenProxy is { Name.Length: > 0 } proxy ? proxy.Name : opened.Word;
        skips = false;
        return true;
    }

    private bool SkipsSection()
    {
        if (!UnsupportedWords.Contains("section", line[0])) return false;
        CloseSection();
        skips = true;
        LostSection = true;
        line.OpenProxy = null;
        line.Alert($"section '{line[0]}' is not supported yet.");
        return true;
    }

    private void CloseSection()
    {
        skips = false;
        if (section is null) return;
        if (section.Close != null) section.Close(line);
        section = null;
    }

}
