using System;
using Engine.Runtime.CommandLine;
using Xunit;

namespace Tests.Runtime.Configuration;

public sealed class ConditionalBlockTests
{
    [Theory]
    [InlineData(".if 1\n.notice y\n.else\n.notice n\n.endif\n", "N parsing [f:2]: 'y'.\n")]
    [InlineData(".if 0\n.notice y\n.else\n.notice n\n.endif\n", "N parsing [f:4]: 'n'.\n")]
    [InlineData(".if\n.notice y\n.endif\n", "")]
    [InlineData(".if 0\n.elif 1\n.notice a\n.elif 1\n.notice b\n.else\n.notice c\n.endif\n", "N parsing [f:3]: 'a'.\n")]
    [InlineData(".if 1\n.elif foo(\n.endif\n", "")]
    [InlineData(".if 0\n.if foo(\n.else\n.notice x\n.endif\n foo bar\n.endif\n", "")]
    [InlineData(".if 1\n.if 0\n.else\n.notice x\n.endif\n.endif\n", "N parsing [f:4]: 'x'.\n")]
    [InlineData(".notice \"a b\"\n", "N parsing [f:1]: 'a b'.\n")]
    [InlineData(".notice\n", "N parsing [f:1]: ''.\n")]
    [InlineData(".warning w\n", "W parsing [f:1]: 'w'.\n")]
    [InlineData(".alert bad\n", "A parsing [f:1]: 'bad'.\n")]
    [InlineData(".diag d\n", "")]
    [InlineData(".endif\n", "A parsing [f:1]: lone '.endif' with no matching '.if'.\n")]
    [InlineData(".else\n", "A parsing [f:1]: lone '.else' with no matching '.if'.\n")]
    [InlineData(".elif 1\n", "A parsing [f:1]: lone '.elif' with no matching '.if'.\n")]
    [InlineData(".if 1\n.else\n.else\n.endif\n", "A parsing [f:3]: '.else' after '.else' is not permitted.\n")]
    [InlineData(".if 1\n.else\n.elif 1\n.endif\n", "A parsing [f:3]: '.elif' after '.else' is not permitted.\n")]
    [InlineData(".if 1\nglobal\n", "A parsing [f:2]: non-terminated '.if' block.\n")]
    [InlineData(".if 1\n.else x\n.endif\n", "A parsing [f:2]: Unexpected argument 'x' for '.else'.\nA parsing [f:2]: non-terminated '.if' block.\n")]
    [InlineData(".if 1\n.endif x\n.endif\n", "A parsing [f:2]: Unexpected argument 'x' for '.endif'.\nA parsing [f:2]: non-terminated '.if' block.\n")]
    [InlineData(
        ".notice a b\n",
        "A parsing [f:1]: Unexpected argument 'b' for '.notice'. Use quotes if the message should contain spaces.\n")]
    [InlineData(
        ".if 1 a\n.endif\n",
        "A parsing [f:1]: unexpected character 'a' at the end of conditional expression '1 a' in '.if' at position 3:\n"
        + "|   .if 1 a\n|         ^\n")]
    [InlineData(
        ".if 0\n.elif streq(a,b\n.endif\n",
        "A parsing [f:2]: expected ')' in argument 1 of predicate 'streq' used in conditional expression in '.elif' at "
        + "position 10:\n|   .elif streq(a,b\n|                  ^\n")]
    [InlineData("global\n.if 0\n \"abc\n.endif\n", "A parsing [f:3]: unmatched quote at position 2:\n|   \"abc\n|   ^\n")]
    public void Blocks(string text, string said) => Assert.Equal(said, Parsed.Of(text).Said());

    [Fact]
    public void Hints_are_shown_on_request()
    {
        // Where the number of threads is not said, a hint tells how many there are.
        Parsed parsed = Parsed.Of("global\n nbthread 1\n.diag d\n", new Options { Diagnostics = true });
        Assert.Equal("D parsing [f:3]: 'd'.\n", parsed.Said());
    }

    [Fact]
    public void Variables_are_set_for_later_lines()
    {
        const string Name = "SLUICE_TEST_BLOCKS";
        try
        {
            Parsed parsed = Parsed.Of($"""
                global
                 setenv {Name} one
                 presetenv {Name} two
                .notice "${Name}"
                .if streq("${Name}",one)
                 node "${Name}"
                .endif
                 unsetenv {Name}
                .if !defined({Name})
                .notice "$.SECTION $.LINE $.FILE"
                .endif

                """);
            Assert.Equal("N parsing [f:4]: 'one'.\nN parsing [f:10]: 'global 10 f'.\n", parsed.Said());
            Assert.Equal("one", parsed.Globals.Node);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, null);
        }
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        string text = string.Concat(System.Linq.Enumerable.Repeat(".if 1\n", 200));
        Assert.StartsWith("A parsing [f:129]: too many nested '.if', max is 128.", Parsed.Of(text).Said());
    }
}
