using System;
using System.Collections.Generic;
using Engine.Data.Registries;

namespace Engine.Runtime.Admin;

/// <summary>Finds commands by their words, lists them, and says which may have been meant.</summary>
public static class AdminCommands
{
    /// <summary>Commands named when an unknown one resembles them.</summary>
    private const int SuggestionsMax = 5;

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
    /// Lists the commands that begin with these words; all when there are no words; else those most alike.
    /// </summary>
    public static void List(ReadOnlySpan<string> words, AdminSession session)
    {
        List<CliCommand> listed = [];
        foreach (CliCommand command in Words.CliCommands.Rows)
        {
            if (IsListed(command, session) && Begins(command.Word, words)) listed.Add(command);
        }
        if (listed.Count == 0) listed = MostAlike(words, session);
        foreach (CliCommand command in listed) AddHelp(command, session.Output);
        foreach (string word in Closing)
        {
            if (Words.CliCommands.Find(word) is { } command) AddHelp(command, session.Output);
        }
    }

    public static void AnswerUnknown(string[] words, AdminSession session)
    {
        session.Output.AddLine(
            $"Unknown command: '{words[0]}', but maybe one of the following ones is a better match:");
        List(words, session);
    }

    private static bool IsThere(CliCommand command, AdminSession session) =>
        command.OnWorker
        && (!command.Expert || session.Expert)
        && (!command.Experimental || session.Experimental);

    private static bool IsListed(CliCommand command, AdminSession session) =>
        IsThere(command, session) && !command.Hidden && Array.IndexOf(Closing, command.Word) < 0;

    /// <summary>Whether a command begins with the words, or the words with the command.</summary>
    private static bool Begins(string command, ReadOnlySpan<string> words)
    {
        int next = 0;
        foreach (Range part in command.AsSpan().Split(' '))
        {
            if (next == words.Length) return true;
            if (!command.AsSpan(part).SequenceEqual(words[next++])) return false;
        }
        return true;
    }

    private static List<CliCommand> MostAlike(ReadOnlySpan<string> words, AdminSession session)
    {
        List<(int Distance, CliCommand Command)> candidates = [];
        foreach (CliCommand command in Words.CliCommands.Rows)
        {
            if (!IsListed(command, session)) continue;
            int count = command.Word.AsSpan().Count(' ') + 1;
            string said = string.Join(' ', words[..Math.Min(count, words.Length)]!);
            int distance = Likeness.Distance(said, command.Word);
            if (distance <= Math.Max(said.Length, command.Word.Length) / 2)
                candidates.Add((distance, command));
        }
        candidates.Sort(static (left, right) =>
            left.Distance != right.Distance
                ? left.Distance.CompareTo(right.Distance)
                : string.CompareOrdinal(left.Command.Word, right.Command.Word));
        if (candidates.Count > SuggestionsMax)
            candidates.RemoveRange(SuggestionsMax, candidates.Count - SuggestionsMax);
        return candidates.ConvertAll(static candidate => candidate.Command);
    }

    private static void AddHelp(CliCommand command, AdminOutput output)
    {
        string usage = command.Usage.Length == 0 ? command.Word : $"{command.Word} {command.Usage}";
        string gap = usage.Length > UsageWidth ? " " : "";
        output.AddLine($"  {usage.PadRight(UsageWidth)}{gap}: {command.Summary}");
    }
}
