using System.Collections.Generic;

namespace Benchmarks.EndToEnd;

/// <summary>Completes a subject's command with the file it is to run.</summary>
public static class SubjectCommand
{
    /// <summary>What stands for the configuration in a command given by hand.</summary>
    public const string FilePlace = "{cfg}";

    /// <summary>The words to execute.</summary>
    public static List<string> Words(Subject subject, string file, string directory)
    {
        List<string> words = [];
        bool placed = false;
        foreach (string word in subject.Command)
        {
            placed |= word.Contains(FilePlace, System.StringComparison.Ordinal);
            words.Add(word.Replace(FilePlace, file, System.StringComparison.Ordinal));
        }

        if (placed) return words;
        words.AddRange(subject.Kind == SubjectKind.Nginx
            ? (string[])["-p", directory, "-c", file]
            : ["-db", "-f", file]);
        return words;
    }

    /// <summary>
    /// Splits a command line at blanks; single and double quotes keep them, a backslash keeps the next
    /// character.
    /// </summary>
    public static List<string> Split(string command)
    {
        List<string> words = [];
        System.Text.StringBuilder word = new();
        bool any = false;
        char quote = '\0';
        for (int i = 0; i < command.Length; i++)
        {
            char letter = command[i];
            if (letter == '\\' && quote != '\'' && i + 1 < command.Length)
            {
                _ = word.Append(command[++i]);
                any = true;
            }
            else if (quote != '\0' ? letter == quote : letter is '"' or '\'')
            {
                quote = quote == '\0' ? letter : '\0';
                any = true;
            }
            else if (quote == '\0' && letter is (' ' or '\t'))
            {
                if (any) words.Add(word.ToString());
                _ = word.Clear();
                any = false;
            }
            else
            {
                _ = word.Append(letter);
                any = true;
            }
        }

        if (quote != '\0') throw new UsageException($"a quote is not closed in: {command}");
        if (any) words.Add(word.ToString());
        return words;
    }
}
