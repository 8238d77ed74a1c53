using System;
using System.Collections.Generic;
using System.Text;
using Engine.Runtime.Configuration;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Runtime.Configuration;

public sealed class LineLexerTests
{
    private sealed class Variables : IVariableSource
    {
        public byte[]? Find(ReadOnlySpan<byte> name) =>
            Encoding.Latin1.GetString(name) switch
            {
                "A" => "1 2  3"u8.ToArray(),
                "E" => [],
                "S" => " "u8.ToArray(),
                "SP" => " x y "u8.ToArray(),
                "Q" => "a\"b#c'd\\"u8.ToArray(),
                ".LINE" => "7"u8.ToArray(),
                _ => null,
            };
    }

    private static (LexFault Fault, string[] Words, int At) Lex(ReadOnlySpan<byte> line)
    {
        LineLexer lexer = new(new Variables());
        LexFault fault = lexer.Run(line);
        return (fault, lexer.Words[..lexer.Count], lexer.FaultAt);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  \t ", "")]
    [InlineData("# a b", "")]
    [InlineData("a b\tc\vd\fe", "a|b|c|d|e")]
    [InlineData("a#b", "a")]
    [InlineData(@"a\#b #c", "a#b")]
    [InlineData(@"a\ b c", "a b|c")]
    [InlineData("a\\ ", "a ")]
    [InlineData("a\\", "a\\")]
    [InlineData(@"a\d \$ \,", @"a\d|\$|\,")]
    [InlineData(@"\n\r\t\\\'\""", "\n\r\t\\'\"")]
    [InlineData(@"a\x41b\x7e", "aAb~")]
    [InlineData(@"\x00 x", "|x")]
    [InlineData("a'b c'd", "ab cd")]
    [InlineData(@"'a\'b", @"a\b")]
    [InlineData(@"'a\nb#""$A'", @"a\nb#""$A")]
    [InlineData("\"a b\"c'd'", "a bcd")]
    [InlineData("\"a'b#c\"", "a'b#c")]
    [InlineData(@"""a\ b\d\$A\x24""", @"a b\d$A$")]
    [InlineData("\"\" x '' y", "|x||y")]
    [InlineData("a\rb", "a")]
    [InlineData("$A ${A}", "$A|${A}")]
    [InlineData("\"$A\"", "1 2  3")]
    [InlineData("\"x${A}y\"z", "x1 2  3yz")]
    [InlineData("\"$A-x\"", "1 2  3-x")]
    [InlineData("\"$Q\"", "a\"b#c'd\\")]
    [InlineData("\"$NONE\" z", "|z")]
    [InlineData("\"a$E$NONE.\"", "a.")]
    [InlineData("\"${NONE-x y}\"", "x y")]
    [InlineData("\"${NONE-}\" z", "|z")]
    [InlineData("\"${E-d}\" z", "|z")]
    [InlineData("\"${NONE-$A}\"", "$A")]
    [InlineData("\"${NONE-a\"b}\"", "a\"b")]
    [InlineData("\"${NONE--x}\"", "-x")]
    [InlineData("\"${A[*]}\"", "1|2|3")]
    [InlineData("\"x${A[*]}y\"", "x1|2|3y")]
    [InlineData("\"${SP[*]}\"", "x|y")]
    [InlineData("\"a${SP[*]}b\"", "a|x|y|b")]
    [InlineData("\"${E[*]}\" z", "z")]
    [InlineData("\"${S[*]}\" z", "z")]
    [InlineData("\"${NONE[*]}${NONE[*]}\" z", "z")]
    [InlineData("\"${NONE[*]}\"\"\" z", "|z")]
    [InlineData("\"${NONE[*]-a  b}\"", "a|b")]
    [InlineData("\"$A[*]\"", "1 2  3[*]")]
    [InlineData("\"$.LINE\"", "7")]
    public void Words(string line, string expected)
    {
        (LexFault fault, string[] words, _) = Lex(Encoding.Latin1.GetBytes(line));
        Assert.Equal(LexFault.None, fault);
        Assert.Equal(expected, string.Join('|', words));
        // An empty line has no word, one empty word is a word.
        if (expected.Length == 0) Assert.Empty(words);
    }

    [Theory]
    [InlineData("log \"abc", LexFault.UnmatchedQuote, 4)]
    [InlineData("log 'abc", LexFault.UnmatchedQuote, 4)]
    [InlineData("\"a\rb\"", LexFault.UnmatchedQuote, 0)]
    [InlineData("a\\x", LexFault.BadHexadecimal, 1)]
    [InlineData("a\\x4", LexFault.BadHexadecimal, 1)]
    [InlineData("a\\x4g", LexFault.BadHexadecimal, 1)]
    [InlineData("\"$\"", LexFault.BadVariableName, 2)]
    [InlineData("\"$ \"", LexFault.BadVariableName, 2)]
    [InlineData("\"$1\"", LexFault.BadVariableName, 2)]
    [InlineData("\"${}\"", LexFault.BadVariableName, 3)]
    [InlineData("\"${1}\"", LexFault.BadVariableName, 3)]
    [InlineData("\"$.FOO\"", LexFault.BadVariableName, 2)]
    [InlineData("\"${.}\"", LexFault.BadVariableName, 3)]
    [InlineData("\"${A", LexFault.UnmatchedBrace, 2)]
    [InlineData("\"${A b}\"", LexFault.UnmatchedBrace, 2)]
    [InlineData("\"${A+x}\"", LexFault.UnmatchedBrace, 2)]
    [InlineData("\"${A[*] }\"", LexFault.UnmatchedBrace, 2)]
    [InlineData("\"${A-x", LexFault.UnmatchedBrace, 2)]
    [InlineData("\"${A[x]}\"", LexFault.BadWordExpansion, 4)]
    public void Faults(string line, LexFault expected, int at)
    {
        (LexFault fault, _, int found) = Lex(Encoding.Latin1.GetBytes(line));
        Assert.Equal((expected, at), (fault, found));
    }

    [Fact]
    public void At_most_64_words()
    {
        string line = string.Join(' ', new string('a', 64).ToCharArray());
        Assert.Equal(LexFault.None, Lex(Encoding.Latin1.GetBytes(line)).Fault);
        (LexFault fault, string[] words, int at) = Lex(Encoding.Latin1.GetBytes(line + " b"));
        Assert.Equal((LexFault.TooManyWords, 64, 128), (fault, words.Length, at));
    }

    [Fact]
    public void The_place_of_each_word_is_known()
    {
        LineLexer lexer = new(new Variables());
        lexer.Run(" a \"b\" \"\" \"${NONE}\""u8);
        Assert.Equal([1, 4, 8, 13], lexer.Places[..lexer.Count]);
    }

    /// <summary>Words written in any way of quoting are read back as they were.</summary>
    [Fact]
    public void Quoted_words_are_read_back()
    {
        Prop.ForAll<byte[][], int>((words, seed) =>
        {
            List<byte[]> clean = [];
            foreach (byte[] word in words)
            {
                if (clean.Count < LineLexer.WordsMax) clean.Add(Array.FindAll(word ?? [], b => b != 0));
            }
            List<byte> line = [];
            Random random = new(seed);
            foreach (byte[] word in clean)
            {
                for (int i = random.Next(1, 3); i > 0; i--) line.Add((byte)" \t"[random.Next(2)]);
                Write(word, line, random);
            }
            (LexFault fault, string[] read, _) = Lex(line.ToArray());
            return fault == LexFault.None
                && string.Join('\0', read) == string.Join('\0', clean.ConvertAll(Encoding.Latin1.GetString));
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Whatever the bytes: no exception, words within bounds, a fault inside the line.</summary>
    [Fact]
    public void Any_bytes_are_cut_or_refused()
    {
        const string Alphabet = " \t\"'\\#$${}[*]-xn4A.E\r\0\u00e9";
        Prop.ForAll<byte[]>(bytes =>
        {
            byte[] line = Array.ConvertAll(bytes, b => b < 200 ? (byte)Alphabet[b % Alphabet.Length] : b);
            (LexFault fault, string[] words, int at) = Lex(line);
            return words.Length <= LineLexer.WordsMax && (fault == LexFault.None || at >= 0 && at <= line.Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static void Write(byte[] word, List<byte> line, Random random)
    {
        // Line ends have no form inside strong quotes.
        bool isStrong = random.Next(3) == 0 && word.AsSpan().IndexOfAny((byte)'\'', (byte)'\n', (byte)'\r') < 0;
        bool isWeak = !isStrong && (random.Next(2) == 0 || word.Length == 0);
        if (isStrong) line.Add((byte)'\'');
        if (isWeak) line.Add((byte)'"');
        foreach (byte b in word)
        {
            if (isStrong) line.Add(b);
            else WriteEscaped(b, isWeak, line, random);
        }
        if (isStrong) line.Add((byte)'\'');
        if (isWeak) line.Add((byte)'"');
    }

    private static void WriteEscaped(byte b, bool isWeak, List<byte> line, Random random)
    {
        bool isPlain = b is not ((byte)'\\' or (byte)'"' or (byte)'\n' or (byte)'\r')
            && (isWeak ? b != '$' : b is not ((byte)' ' or (byte)'\t' or (byte)'\v' or (byte)'\f' or (byte)'#'
                or (byte)'\''));
        bool hasEscape = b is (byte)' ' or (byte)'#' or (byte)'\'' or (byte)'"' or (byte)'\\' || b == '$' && isWeak;
        if (isPlain && random.Next(4) > 0) line.Add(b);
        else if (hasEscape && random.Next(2) == 0) line.AddRange([(byte)'\\', b]);
        else line.AddRange(Encoding.Latin1.GetBytes($"\\x{b:x2}"));
    }
}
