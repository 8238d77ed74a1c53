using System;
using System.Collections.Generic;
using Engine.Data.Registries;

namespace Engine.Runtime.Admin;

/// <summary>Finds commands by their words, lists them, and says which may have been meant.</summary>
public static class AdminCommands
{
    /// <summary>Commands named when an unknown one resembles them.</summary>
    private const int SuggestionsMax = 5;

    /// <summary>Words that are compared.</summary>
    private const int WordsMax = 5;

    private const int UsageWidth = 40;

    /// <summary>Always listed, at the end.</summary>
    private static readonly string[] Closing = ["help", "prompt", "quit"];

    /// <summary>The command with the most words that the line begins with; null for none.</summary>
    /// <param name="words">Of the line.</param>
    /// <param name="count">Words of the command.</param>
    public static CliCommand? Find(string[] words, out int count)
    {
        for (count = Math.Min(words.Length, 4); count > 0; count--)
        {
            CliCommand? found = Words.CliCommands.Find(string.Join(' ', words, 0, count));
            if (found is { OnWorker: true }) return found;
        }
        return null;
    }

    /// <summary>
    /// Lists the commands that begin with as many of these words as any does: of those the ones most like the rest of the
    /// words, all when nothing is alike or no words are left.
    /// </summary>
    public static void List(ReadOnlySpan<string> words, AdminSession session)
    {
        int known = KnownWords(words, session);
        List<CliCommand> listed = known < words.Length ? MostAlike(words, known, session) : [];
        if (listed.Count == 0)
        {
            foreach (CliCommand command in Words.CliCommands.Rows)
                if (IsListed(command, session) && Begins(command.Word, words[..known])) listed.Add(command);
        }
        foreach (CliCommand command in listed) AddHelp(command, session.Output);
        foreach (string word in Closing)
        {
            if (Words.CliCommands.Find(word) is { } command) AddHelp(command, session.Output);
        }
    }

    public static void AnswerUnknown(string[] words, AdminSession session)
    {
        session.Tell(
            AdminSeverity.Information,
            $"Unknown command: '{words[0]}', but maybe one of the following ones is a better match:");
        List(words, session);
    }

    private static bool IsThere(CliCommand command, AdminSession session) =>
        command.OnWorker
        && (!command.Expert || session.Expert)
        && (!command.Experimental || session.Experimental);

    private static bool IsListed(CliCommand command, AdminSession session) =>
        IsThere(command, session) && !command.Hidden && Array.IndexOf(Closing, command.Word) < 0;

    /// <summary>How many of the words some command begins with.</summary>
    private static int KnownWords(ReadOnlySpan<string> words, AdminSession session)
    {
        int known = 0;
        foreach (CliCommand command in Words.CliCommands.Rows)
        {
            if (!IsThere(command, session)) continue;
            while (known < words.Length && Begins(command.Word, words[..(known + 1)])) known++;
        }
        return known;
    }

    private static bool Begins(string command, ReadOnlySpan<string> words)
    {
        int next = 0;
        foreach (Range part in command.AsSpan().Split(' '))
        {
            if (next == words.Length) return true;
            if (!command.AsSpan(part).SequenceEqual(words[next++])) return false;
        }
        return next == words.Length;
    }

    private static List<CliCommand> MostAlike(ReadOnlySpan<string> words, int known, AdminSession session)
    {
        WordLikeness said = new();
        foreach (string word in words[known..Math.Min(words.Length, WordsMax)]) said.Add(word);
        List<(int Distance, CliCommand Command)> candidates = [];
        foreach (CliCommand command in Words.CliCommands.Rows)
        {
            if (!IsListed(command, session) || !Begins(command.Word, words[..known])) continue;
            WordLikeness meant = new();
            foreach (string word in command.Word.Split(' ').AsSpan(known)) meant.Add(word);
            int distance = said.Distance(meant);
            if (2 * distance < 5 * (said.Length + meant.Length)) candidates.Add((distance, command));
        }
        candidates.Sort(static (left, right) => By(left, right, left.Distance.CompareTo(right.Distance)));
        if (candidates.Count > SuggestionsMax)
            candidates.RemoveRange(SuggestionsMax, candidates.Count - SuggestionsMax);
        int farthest = candidates.Count > 0 ? 5 * candidates[0].Distance / 2 : 0;
        candidates.RemoveAll(candidate => candidate.Distance > farthest);
        candidates.Sort(static (left, right) => By(left, right, 0));
        return candidates.ConvertAll(static candidate => candidate.Command);
    }

    private static int By((int, CliCommand Command) left, (int, CliCommand Command) right, int first) =>
        first != 0 ? first : string.CompareOrdinal(left.Command.Word, right.Command.Word);

    private static void AddHelp(CliCommand command, AdminOutput output)
    {
        string usage = command.Usage.Length == 0 ? command.Word : $"{command.Word} {command.Usage}";
        string gap = usage.Length > UsageWidth ? " " : "";
        output.AddLine($"  {usage.PadRight(UsageWidth)}{gap}: {command.Summary}");
    }
}
