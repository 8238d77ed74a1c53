using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tests.Corpora;

/// <summary>Reads the corpus files beside this one; the head of each tells the format.</summary>
public static class Corpus
{
    public static IReadOnlyList<CorpusCase> Read(string name)
    {
        List<CorpusCase> cases = [];
        string title = "";
        List<StringBuilder> parts = [];
        foreach (string line in File.ReadLines(Path.Combine(Folder(), name)))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal)) continue;
            if (line.StartsWith('['))
            {
                AddCase(cases, title, parts);
                title = line;
                parts = [new StringBuilder()];
            }
            else if (line == "=>") parts.Add(new StringBuilder());
            else if (parts.Count > 0) parts[^1].Append(line);
        }
        AddCase(cases, title, parts);
        if (cases.Select(c => c.Name).Distinct().Count() != cases.Count)
        {
            throw new InvalidDataException("two cases of one name in " + name);
        }
        return cases;
    }

    private static void AddCase(List<CorpusCase> cases, string title, List<StringBuilder> parts)
    {
        if (parts.Count == 0) return;
        int close = title.IndexOf(']', StringComparison.Ordinal);
        string[] facts = title[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        byte[][] bytes = [.. parts.Select(part => Unescape(part.ToString()))];
        cases.Add(new CorpusCase(title[1..close], facts, bytes[0], bytes[1..]));
    }

    private static byte[] Unescape(string text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add(checked((byte)text[i]));
                continue;
            }
            i++;
            switch (text[i])
            {
                case 'r': bytes.Add((byte)'\r'); break;
                case 'n': bytes.Add((byte)'\n'); break;
                case 't': bytes.Add((byte)'\t'); break;
                case '0': bytes.Add(0); break;
                case '\\': bytes.Add((byte)'\\'); break;
                case 'x':
                    ReadOnlySpan<char> digits = text.AsSpan(i + 1, 2);
                    bytes.Add(byte.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 2;
                    break;
                case '{':
                    int close = text.IndexOf('}', i);
                    int star = text.LastIndexOf('*', close);
                    byte[] unit = Unescape(text[(i + 1)..star]);
                    int count =
                        int.Parse(text.AsSpan(star + 1, close - star - 1), CultureInfo.InvariantCulture);
                    for (int k = 0; k < count; k++) bytes.AddRange(unit);
                    i = close;
                    break;
                default:
                    throw new InvalidDataException("unknown escape in: " + text);
            }
        }
        return [.. bytes];
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
