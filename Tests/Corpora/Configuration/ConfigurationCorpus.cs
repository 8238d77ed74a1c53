using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tests.Corpora.Configuration;

/// <summary>Reads the text files beside it; the head of <c>words.txt</c> and of <c>files.txt</c> tell the notation.</summary>
internal static class ConfigurationCorpus
{
    /// <summary>Cases of one line: its number in the corpus, the whole file's text, what is said.</summary>
    public static IEnumerable<(int Line, string Text, string Said)> Words(string file)
    {
        StringBuilder frame = new();
        StringBuilder said = new();
        string? word = null;
        int number = 0;
        int start = 0;
        foreach (string line in File.ReadLines(Path(file), Encoding.Latin1))
        {
            number++;
            if (word is not null && line.StartsWith("    "))
            {
                said.Append(line.AsSpan(4)).Append('\n');
                continue;
            }
            if (word is not null) yield return (start, Fill(frame, word), said.ToString());
            bool isFrame = line.StartsWith("= ");
            if (isFrame && word is not null || line.Length == 0) frame.Clear();
            word = null;
            said.Clear();
            if (isFrame) frame.Append(line.AsSpan(2)).Append('\n');
            if (isFrame || line.Length == 0 || line.StartsWith("# ")) continue;
            word = line;
            start = number;
        }
        if (word is not null) yield return (start, Fill(frame, word), said.ToString());
    }

    /// <summary>Cases of whole files: line in the corpus, text, what is said.</summary>
    public static IEnumerable<(int Line, string Text, string Said)> Files()
    {
        StringBuilder text = new();
        StringBuilder said = new();
        bool isSaid = false;
        int number = 0;
        int start = 1;
        foreach (string line in File.ReadLines(Path("files.txt"), Encoding.Latin1))
        {
            number++;
            if (line == "----")
            {
                yield return (start, text.ToString(), said.ToString());
                text.Clear();
                said.Clear();
                isSaid = false;
                start = number + 1;
            }
            else if (line == "=>") isSaid = true;
            else if (isSaid) said.Append(line.AsSpan(4)).Append('\n');
            else if (!line.StartsWith("# ") && line.Length > 0) text.Append(line).Append('\n');
        }
    }

    private static string Fill(StringBuilder frame, string word) =>
        frame.ToString().Replace("{}", frame.ToString() == "{}\n" ? word : " " + word);

    private static string Path(string name, [CallerFilePath] string here = "") =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, name);
}
