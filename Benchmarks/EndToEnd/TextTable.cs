using System;
using System.Collections.Generic;
using System.Text;

namespace Benchmarks.EndToEnd;

/// <summary>
/// Rows of text in columns, words to the left and numbers to the right; also as Markdown.
/// </summary>
public sealed class TextTable(params string[] heads)
{
    private readonly List<string[]> rows = [heads];

    /// <summary>How many columns, from the first, hold words.</summary>
    public int LeftColumns { get; init; } = 1;

    public int Count => rows.Count - 1;

    /// <summary>Adds a row with a cell for each head.</summary>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, heads.Length);
        rows.Add(cells);
    }

    public string ToString(bool markdown)
    {
        int[] widths = new int[heads.Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }

        StringBuilder text = new();
        for (int number = 0; number < rows.Count; number++)
        {
            for (int i = 0; i < heads.Length; i++)
            {
                string cell = i < LeftColumns
                    ? rows[number][i].PadRight(widths[i])
                    : rows[number][i].PadLeft(widths[i]);
                _ = text.Append(markdown ? "| " : "  ").Append(cell).Append(markdown ? " " : string.Empty);
            }

            _ = text.Append(markdown ? "|\n" : "\n");
            if (number > 0 || !markdown) continue;
            for (int i = 0; i < heads.Length; i++)
                _ = text.Append('|').Append('-', widths[i] + 1).Append(i < LeftColumns ? '-' : ':');
            _ = text.Append("|\n");
        }

        return text.ToString();
    }
}
