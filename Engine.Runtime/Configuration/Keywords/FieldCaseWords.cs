using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// <c>h1-case-adjust</c> and <c>h1-case-adjust-file</c> (manual section 3.1): the case of names towards peers that
/// wrongly look at it.
/// </summary>
internal static unsafe class FieldCaseWords
{
    private const string OnlyCase = "<from> and <to> must not differ except the case";

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("h1-case-adjust", SectionKinds.Global, "<from> <to>", &Name));
        Words.Keywords.Add(new("h1-case-adjust-file", SectionKinds.Global, "<hdrs-file>", &File));
    }

    private static void Name(Directive line)
    {
        if (line.RefusesMoreThan(2)) return;
        if (line.Count < 3) line.Alert($"'{line[0]}' expects <from> and <to> as argument.");
        else if (Add(line.Draft, line[1], line[2]) is { } fault) line.Alert(fault);
    }

    /// <summary>The last file named is read, when all lines are.</summary>
    private static void File(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert($"'{line[0]}' expects <file> as argument.");
        else line.Draft.Parts.Get<FieldCaseFile>().Path = line[1];
    }

    /// <summary>Reads the file of names, if there is one.</summary>
    public static void ReadFile(ConfigurationDraft draft)
    {
        if (draft.Parts.Find<FieldCaseFile>() is not { Path: { } path }) return;
        string[] lines;
        try
        {
            lines = System.IO.File.ReadAllLines(path, Encoding.Latin1);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            draft.Diagnostics.Alert($"h1-headers-case-adjust-file '{path}': failed to open file.");
            return;
        }
        for (int i = 0; i < lines.Length; i++)
        {
            if (Read(draft, lines[i].Trim(' ', '\t', '\r')) is not { } fault) continue;
            draft.Diagnostics.Alert($"h1-headers-case-adjust-file '{path}' : {fault} at line {i + 1}.");
            return;
        }
    }

    private static string? Read(ConfigurationDraft draft, string text)
    {
        if (text.Length == 0 || text[0] == '#') return null;
        int blank = text.AsSpan().IndexOfAny(' ', '\t');
        return blank < 0 ? "expect <to>" : Add(draft, text[..blank], text[blank..].Trim(' ', '\t'));
    }

    /// <summary>Null, or what is wrong.</summary>
    private static string? Add(ConfigurationDraft draft, string from, string to)
    {
        if (from.Length > HeadLimits.NameBytesMax || !from.Equals(to, StringComparison.OrdinalIgnoreCase)) return OnlyCase;
        draft.Globals.FieldCases ??= new FieldCases();
        return draft.Globals.FieldCases.TryAdd(from, to) ? null : $"duplicate entry '{from}'";
    }

    private sealed class FieldCaseFile
    {
        public string? Path;
    }
}
