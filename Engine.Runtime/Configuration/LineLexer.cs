using System;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Cuts a line into words: quotes, escapes, comments, environment variables (manual sections 2.2 and 2.3). One object
/// serves all lines; its buffers grow to the longest word list and stay.
/// </summary>
public sealed class LineLexer(IVariableSource variables)
{
    /// <summary>Words a line may have.</summary>
    public const int WordsMax = 64;

    // What CutPlain does not know.
    private const ulong SpecialBelow64 =
        (1ul << 0) | (1ul << '\t') | (1ul << '\n') | (1ul << '\v') | (1ul << '\f') | (1ul << '\r')
        | (1ul << '"') | (1ul << '#') | (1ul << '$') | (1ul << '\'');

    private readonly WordPool pool = new();
    private byte[] output = new byte[1024];
    private int length;
    private int wordStart;
    private bool inWord;

    // A word that came only from empty "${NAME[*]}" does not exist; one beside "" does.
    private bool expanded;
    private bool solid;
    private int startedAt;
    private int contentAt;

    /// <summary>The words of the last line, and beyond the count whatever was there before.</summary>
    public readonly string[] Words = new string[WordsMax];

    public int Count;

    /// <summary>Where the text of each word begins, behind its quote: offsets in the line, from 0.</summary>
    public readonly int[] Places = new int[WordsMax];

    /// <summary>Where the fault is: offset in the line, from 0.</summary>
    public int FaultAt;

    /// <summary>Cuts a line, given without its end. On a fault the words cut so far stand in <see cref="Words"/>.</summary>
    public LexFault Run(ReadOnlySpan<byte> line)
    {
        Count = 0;
        length = 0;
        inWord = false;
        foreach (byte value in line)
        {
            if (IsSpecial(value)) return CutSpecial(line);
        }
        return CutPlain(line);
    }

    private static bool IsSpecial(byte value) =>
        value < 64 ? ((SpecialBelow64 >> value) & 1) != 0 : value == '\\';

    /// <summary>Only words and blanks, as most lines.</summary>
    private LexFault CutPlain(ReadOnlySpan<byte> line)
    {
        int at = 0;
        while (at < line.Length)
        {
            if (line[at] == ' ')
            {
                at++;
                continue;
            }
            int end = line[at..].IndexOf((byte)' ');
            end = end < 0 ? line.Length : at + end;
            if (Count == WordsMax)
            {
                FaultAt = at;
                return LexFault.TooManyWords;
            }
            Places[Count] = at;
            Words[Count++] = pool.Get(line[at..end]);
            at = end;
        }
        return LexFault.None;
    }

    private LexFault CutSpecial(ReadOnlySpan<byte> line)
    {
        int at = 0;
        int quoteAt = -1;
        byte quote = 0;
        while (at < line.Length)
        {
            byte c = line[at];
            if (c == '\r' || c == '\n') break;
            if (quote == 0 && (IsSpace(c) || c == '#'))
            {
                if (inWord && !EndWord()) return LexFault.TooManyWords;
                if (c == '#') break;
                at++;
                continue;
            }
            if (!inWord) BeginWord(at);
            LexFault fault = LexFault.None;
            if (c == '\'' && quote != '"' || c == '"' && quote != '\'')
            {
                solid |= quote != 0 && quoteAt == at - 1;
                quote = quote == 0 ? c : (byte)0;
                quoteAt = at++;
                if (quote != 0 && length == wordStart) contentAt = at;
            }
            else if (c == '\\' && quote != '\'') fault = TakeEscape(line, ref at, quote);
            else if (c == '$' && quote == '"') fault = TakeVariable(line, ref at);
            else
            {
                Put(c);
                at++;
            }
            if (fault != LexFault.None) return fault;
        }
        if (quote != 0)
        {
            FaultAt = quoteAt;
            return LexFault.UnmatchedQuote;
        }
        return inWord && !EndWord() ? LexFault.TooManyWords : LexFault.None;
    }

    /// <summary>Blank, tab, vertical tab and form feed separate words.</summary>
    public static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\v' or (byte)'\f';

    private void BeginWord(int at)
    {
        inWord = true;
        expanded = false;
        solid = false;
        wordStart = length;
        startedAt = at;
        contentAt = at;
    }

    private bool EndWord()
    {
        inWord = false;
        ReadOnlySpan<byte> word = output.AsSpan(wordStart, length - wordStart);
        length = wordStart;
        if (word.IsEmpty && expanded && !solid) return true;
        if (Count == WordsMax)
        {
            FaultAt = startedAt;
            return false;
        }
        // Words end at a NUL as they do for every C reader of the language; \x00 is the only way to write one.
        int nul = word.IndexOf((byte)0);
        if (nul >= 0) word = word[..nul];
        Places[Count] = contentAt;
        Words[Count++] = pool.Get(word);
        return true;
    }

    private void Put(byte c)
    {
        if (length == output.Length) Array.Resize(ref output, output.Length * 2);
        output[length++] = c;
    }

    private LexFault TakeEscape(ReadOnlySpan<byte> line, ref int at, byte quote)
    {
        byte next = at + 1 < line.Length ? line[at + 1] : (byte)0;
        switch (next)
        {
            case (byte)'n':
                Put((byte)'\n');
                break;
            case (byte)'r':
                Put((byte)'\r');
                break;
            case (byte)'t':
                Put((byte)'\t');
                break;
            case (byte)' ' or (byte)'\\' or (byte)'#' or (byte)'\'' or (byte)'"':
                Put(next);
                break;
            case (byte)'$' when quote == '"':
                Put(next);
                break;
            case (byte)'x':
                int high = at + 2 < line.Length ? HexDigit(line[at + 2]) : -1;
                int low = at + 3 < line.Length ? HexDigit(line[at + 3]) : -1;
                if (high < 0 || low < 0)
                {
                    FaultAt = at;
                    return LexFault.BadHexadecimal;
                }
                Put((byte)((high << 4) | low));
                at += 4;
                return LexFault.None;
            default:
                // Not an escape: the backslash stands for itself and the next character is read as usual.
                Put((byte)'\\');
                at++;
                return LexFault.None;
        }
        at += 2;
        return LexFault.None;
    }

    private static int HexDigit(byte c) =>
        c switch
        {
            >= (byte)'0' and <= (byte)'9' => c - '0',
            >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
            _ => -1,
        };

    private LexFault TakeVariable(ReadOnlySpan<byte> line, ref int at)
    {
        int dollar = at++;
        bool braced = at < line.Length && line[at] == '{';
        if (braced) at++;
        int nameAt = at;
        bool pseudo = at < line.Length && line[at] == '.';
        if (pseudo) at++;
        if (at >= line.Length || !IsNameStart(line[at]))
        {
            FaultAt = nameAt;
            return LexFault.BadVariableName;
        }
        while (at < line.Length && IsNamePart(line[at])) at++;
        ReadOnlySpan<byte> name = line[nameAt..at];
        if (length == wordStart) contentAt = nameAt;
        byte[]? value = variables.Find(name);
        if (pseudo && value is null)
        {
            FaultAt = nameAt;
            return LexFault.BadVariableName;
        }
        if (!braced)
        {
            PutText(value);
            return LexFault.None;
        }
        bool cuts = false;
        if (at < line.Length && line[at] == '[')
        {
            if (!line[at..].StartsWith("[*]"u8))
            {
                FaultAt = at;
                return LexFault.BadWordExpansion;
            }
            cuts = true;
            at += 3;
        }
        ReadOnlySpan<byte> fallback = default;
        if (at < line.Length && line[at] == '-')
        {
            int end = line[at..].IndexOf((byte)'}');
            fallback = end < 0 ? default : line[(at + 1)..(at + end)];
            at = end < 0 ? line.Length : at + end;
        }
        if (at >= line.Length || line[at] != '}')
        {
            FaultAt = dollar + 1;
            return LexFault.UnmatchedBrace;
        }
        at++;
        ReadOnlySpan<byte> text = value is null ? fallback : value;
        if (cuts) return PutWords(text, dollar);
        PutText(text);
        return LexFault.None;
    }

    private void PutText(ReadOnlySpan<byte> text)
    {
        foreach (byte c in text) Put(c);
    }

    private LexFault PutWords(ReadOnlySpan<byte> text, int at)
    {
        expanded = true;
        foreach (byte c in text)
        {
            if (c != ' ')
            {
                Put(c);
                continue;
            }
            if (length == wordStart) continue;
            if (!EndWord()) return LexFault.TooManyWords;
            BeginWord(at);
            expanded = true;
        }
        return LexFault.None;
    }

    private static bool IsNameStart(byte c) => (uint)((c | 0x20) - 'a') < 26 || c == '_';

    private static bool IsNamePart(byte c) => IsNameStart(c) || (uint)(c - '0') < 10;

}
