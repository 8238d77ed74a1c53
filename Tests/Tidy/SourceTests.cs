using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace Tests.Tidy;

/// <summary>House rules of source files that a machine can hold.</summary>
public sealed partial class SourceTests
{
    private const int LineMax = 140;
    private const int FileMax = 600;

    [Fact]
    public void A_namespace_is_its_folder()
    {
        ExpectNone(Sources.All
            .Select(file => (File: file, Match: NamespaceLine().Match(Sources.Read(file))))
            .Where(f => f.Match.Success
                && f.Match.Groups[1].Value != Path.GetDirectoryName(f.File)!.Replace('/', '.'))
            .Select(f => $"{f.File}: {f.Match.Groups[1].Value}"));
    }

    [Fact]
    public void A_file_has_one_public_type_and_is_named_for_it()
    {
        List<string> wrong = [];
        foreach (string file in Sources.All)
        {
            string[] types = [.. PublicType().Matches(Sources.Read(file)).Select(
                m => m.Groups["name"].Value)];
            string stem = Path.GetFileNameWithoutExtension(file);
            if (types.Length > 1 || types.Any(name => name != stem))
                wrong.Add($"{file}: {string.Join(", ", types)}");
        }
        ExpectNone(wrong);
    }

    [Fact]
    public void Type_names_say_what_a_thing_is()
    {
        ExpectNone(Sources.All
            .SelectMany(file => PublicType().Matches(Sources.Read(file)).Select(
                m => (file, Name: m.Groups["name"].Value)))
            .Where(t => EmptyWord().IsMatch(t.Name))
            .Select(t => $"{t.file}: {t.Name}"));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        // Split so that this file does not find itself.
        string[] words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X", "NotImplemented" + "Exception"];
        ExpectNone(Sources.All.SelectMany(file => Sources.Read(file).Split('\n')
            .Select((line, number) => (line, number))
            .Where(l => words.Any(word => Regex.IsMatch(l.line, $@"\b{word}\b")))
            .Select(l => $"{file}:{l.number + 1}: {l.line.Trim()}")));
    }

    [Fact]
    public void Lines_fit_a_screen()
    {
        ExpectNone(Sources.All.SelectMany(file => Sources.Read(file).Split('\n')
            .Select((line, number) => (line, number))
            // Quoted text may be as long as what it quotes.
            .Where(l => l.line.Length > LineMax && !l.line.Contains('"', StringComparison.Ordinal))
            .Select(l => $"{file}:{l.number + 1}: {l.line.Length} columns")));
    }

    [Fact]
    public void Files_are_one_thing()
    {
        ExpectNone(Sources.All
            .Select(file => (file, Lines: Sources.Read(file).AsSpan().Count('\n')))
            .Where(f => f.Lines > FileMax)
            .Select(f => $"{f.file}: {f.Lines} lines"));
    }

    [Fact]
    public void No_test_is_switched_off()
    {
        ExpectNone(Sources.All
            .Where(file => Regex.IsMatch(
                Sources.Read(file), @"\[(Fact|Theory|SkippableFact|SkippableTheory)\([^)]*\bSkip =")));
    }

    [Fact]
    public void Partial_means_a_generated_half()
    {
        // Source generators of the platform: regular expressions and interop declare their other half.
        ExpectNone(Sources.All
            .Where(file => Regex.IsMatch(
                Sources.Read(file), @"^\s*public .*\bpartial\b", RegexOptions.Multiline))
            .Where(file => !Regex.IsMatch(Sources.Read(file), @"\[(GeneratedRegex|LibraryImport)\(")));
    }

    private static void ExpectNone(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    // Types at the left margin only: nested ones belong to their owner.
    [GeneratedRegex(
        @"^public (?:(?:static|sealed|abstract|readonly|unsafe|partial|ref) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>\[\]?*]+) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"(Manager|Helper|Util|Utils|Utilities|Processor|Handler|Context|Info)$")]
    private static partial Regex EmptyWord();
}
