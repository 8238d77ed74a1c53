using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Messages;
using Xunit;

namespace Tests.Data.Messages;

public sealed class KnownHeadersTests
{
    public static TheoryData<KnownHeader> All
    {
        get
        {
            TheoryData<KnownHeader> all = [];
            foreach (KnownHeader known in Enum.GetValues<KnownHeader>())
            {
                if (known != KnownHeader.None) all.Add(known);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_name_is_recognised_in_any_case(KnownHeader known)
    {
        string name = Name(known);
        Assert.Equal(name.ToLowerInvariant(), name);
        string[] spellings = [name, name.ToUpperInvariant(), char.ToUpperInvariant(name[0]) + name[1..]];
        foreach (string spelling in spellings)
        {
            Assert.Equal(known, KnownHeaders.Find(Encoding.ASCII.GetBytes(spelling)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_name_with_one_other_byte_is_not_it(KnownHeader known)
    {
        byte[] name = Encoding.ASCII.GetBytes(Name(known));
        for (int at = 0; at < name.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] other = (byte[])name.Clone();
                other[at] = (byte)value;
                bool same =
                    Encoding.Latin1.GetString(other).Equals(Name(known), StringComparison.OrdinalIgnoreCase);
                Assert.Equal(same, KnownHeaders.Find(other) == known);
            }
        }
        Assert.NotEqual(known, KnownHeaders.Find([.. name, (byte)'s']));
        Assert.NotEqual(known, KnownHeaders.Find(name.AsSpan(0, name.Length - 1)));
        Assert.NotEqual(known, KnownHeaders.Find(name.AsSpan(1)));
    }

    [Fact]
    public void Names_are_those_of_their_numbers()
    {
        HashSet<string> names = [];
        foreach (KnownHeader known in Enum.GetValues<KnownHeader>())
        {
            string word = known.ToString();
            Assert.True(names.Add(Name(known)));
            string plain = Name(known).Replace("-", "", StringComparison.Ordinal);
            Assert.Equal(word == "None" ? "" : word, plain, ignoreCase: true);
        }
        Assert.Equal(names.Count, KnownHeaders.Count);
    }

    [Fact]
    public void The_parser_has_a_bit_for_each() => Assert.InRange(KnownHeaders.Count, 1, 64);

    private static string Name(KnownHeader known) => Encoding.ASCII.GetString(KnownHeaders.Name(known));
}
