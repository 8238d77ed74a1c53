using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Runtime.Configuration;
using Tests.Corpora.Configuration;
using Xunit;

namespace Tests.Runtime.Configuration;

/// <summary>The whole parser on files that are nearly right: no exception, bounded output, a verdict.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 3000;
    private const int Seed = 20261127;
    private const int MessagesMax = 400;
    private const string Marks = " \t\"'\\#$\n\r\0,:@%()-/!{}";

    [Fact]
    public void Mutated_files_are_taken_or_refused()
    {
        Random random = new(Seed);
        List<byte[]> seeds = [];
        foreach ((_, string text, _) in ConfigurationCorpus.Files()) seeds.Add(Encoding.Latin1.GetBytes(text));
        foreach ((_, string text, _) in ConfigurationCorpus.Words("words.txt")) seeds.Add(Encoding.Latin1.GetBytes(text));
        for (int round = 0; round < Rounds; round++)
        {
            byte[] content = Mutate(seeds[random.Next(seeds.Count)], seeds[random.Next(seeds.Count)], random);
            // The environment belongs to every test of this process.
            if (content.AsSpan().IndexOf("env"u8) >= 0) continue;
            try
            {
                Parsed parsed = Parsed.OfFiles([new ConfigurationFile("f", content)], null, NoNames);
                Assert.True(parsed.Messages.Count <= MessagesMax);
                Assert.Equal(parsed.Configuration is null, parsed.IsRefused);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    $"seed {Seed} round {round}: {Convert.ToBase64String(content)}", failure);
            }
        }
    }

    [Fact]
    public void Any_bytes_are_taken_or_refused()
    {
        Random random = new(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] content = new byte[random.Next(1, 300)];
            random.NextBytes(content);
            // Half of them of characters that mean something, so that quotes and sections open at all.
            if (round % 2 == 0)
            {
                for (int i = 0; i < content.Length; i++) content[i] = (byte)Marks[content[i] % Marks.Length];
            }
            Parsed parsed = Parsed.OfFiles([new ConfigurationFile("f", content)], null, NoNames);
            Assert.True(parsed.Messages.Count <= MessagesMax);
            Assert.Equal(parsed.Configuration is null, parsed.IsRefused);
        }
    }

    [Theory]
    [InlineData(1 << 20, ' ')]
    [InlineData(1 << 20, 'a')]
    [InlineData(1 << 20, '"')]
    [InlineData(1 << 20, '\\')]
    [InlineData(1 << 20, '(')]
    public void Long_lines_are_read(int length, char filler)
    {
        string text = $"global\n {new string(filler, length)}\n.if {new string(filler, length)}\n.endif\n";
        Parsed parsed = Parsed.Of(text);
        Assert.Equal(parsed.Configuration is null, parsed.IsRefused);
    }

    private static bool NoNames(string host, AddressFamily wanted, ref SocketAddress address) => false;

    private static byte[] Mutate(byte[] one, byte[] other, Random random)
    {
        List<byte> content = [.. one];
        if (random.Next(3) == 0) content.AddRange(other);
        for (int i = random.Next(1, 6); i > 0 && content.Count > 0; i--)
        {
            int at = random.Next(content.Count);
            switch (random.Next(7))
            {
                case 0:
                    content[at] = (byte)random.Next(256);
                    break;
                case 1:
                    content.RemoveAt(at);
                    break;
                case 2:
                    content.Insert(at, (byte)Marks[random.Next(Marks.Length)]);
                    break;
                case 3:
                    int length = Math.Min(random.Next(1, 20), content.Count - at);
                    content.InsertRange(at, content.GetRange(at, length));
                    break;
                case 4:
                    content.RemoveRange(at, Math.Min(random.Next(1, 20), content.Count - at));
                    break;
                case 5:
                    byte[] number = Encoding.Latin1.GetBytes(random.NextInt64().ToString());
                    content.InsertRange(at, number);
                    break;
                default:
                    int from = random.Next(other.Length);
                    content.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 60))]);
                    break;
            }
        }
        return [.. content];
    }
}
