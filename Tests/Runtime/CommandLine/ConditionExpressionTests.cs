using System;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Runtime.CommandLine;

public sealed class ConditionExpressionTests
{
    public ConditionExpressionTests() => WordFiles.Register();

    [Theory]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("-1", true)]
    [InlineData("-0", false)]
    [InlineData("+5", true)]
    [InlineData("000", false)]
    [InlineData("99999999999999999999", true)]
    [InlineData(" 1 ", true)]
    [InlineData("!0", true)]
    [InlineData("!!1", true)]
    [InlineData("! 1", false)]
    [InlineData("!(0)", true)]
    [InlineData("( 1 )", true)]
    [InlineData("1&&1", true)]
    [InlineData("1 && 0", false)]
    [InlineData("0||0", false)]
    [InlineData("1 || 0", true)]
    [InlineData("0 || 0 && 1 || 1", true)]
    [InlineData("1 || 0 && 0", true)]
    [InlineData("(1 || 0) && 0", false)]
    [InlineData("!1 || !(0 && 1)", true)]
    [InlineData("streq(a,a)", true)]
    [InlineData("streq(a,b)", false)]
    [InlineData("streq(a b,a b)", true)]
    [InlineData("streq( a,a)", false)]
    [InlineData("streq(\"a,b\",'a,b')", true)]
    [InlineData("streq(a\\ b,\"a b\")", true)]
    [InlineData("streq(,)", true)]
    [InlineData("strneq(a,b)", true)]
    [InlineData("strstr(abc,b)", true)]
    [InlineData("strstr(abc,)", true)]
    [InlineData("strstr(abc,x)", false)]
    [InlineData("version_atleast(3.5)", true)]
    [InlineData("version_atleast(3.5-dev5)", true)]
    [InlineData("version_atleast(3.6-dev0)", false)]
    [InlineData("version_atleast(2.4-dev19)", true)]
    [InlineData("version_atleast(3.5.1)", false)]
    [InlineData("version_atleast(4)", false)]
    [InlineData("version_atleast(x)", true)]
    [InlineData("version_atleast()", true)]
    [InlineData("version_before(3.5)", false)]
    [InlineData("version_before(3.6)", true)]
    [InlineData("version_before(3.5-dev9)", false)]
    [InlineData("feature(OPENSSL)", true)]
    [InlineData("feature(EPOLL)", true)]
    [InlineData("feature(THREAD)", true)]
    [InlineData("feature(epoll)", false)]
    [InlineData("feature()", false)]
    [InlineData("enabled(POLL)", true)]
    [InlineData("enabled(nosuch)", false)]
    [InlineData("enabled(SERVER-SSL-VERIFY-NONE)", false)]
    [InlineData("defined(PATH)", true)]
    [InlineData("defined(SLUICE_NEVER_SET)", false)]
    [InlineData("defined()", false)]
    [InlineData("defined", false)]
    [InlineData("openssl_version_atleast(1.1.1)", true)]
    [InlineData("openssl_version_atleast(1.1.1w)", true)]
    [InlineData("openssl_version_atleast(3.0.0-beta1)", true)]
    [InlineData("openssl_version_atleast(4.0.0)", false)]
    [InlineData("openssl_version_before(4.0.0)", true)]
    [InlineData("openssl_version_before(3.0.0)", false)]
    [InlineData("ssllib_name_startswith(OpenSSL)", true)]
    [InlineData("ssllib_name_startswith(OpenSSL 3)", true)]
    [InlineData("ssllib_name_startswith()", true)]
    [InlineData("ssllib_name_startswith(AWS-LC)", false)]
    [InlineData("awslc_api_atleast(1)", false)]
    [InlineData("awslc_api_before(1)", false)]
    [InlineData("fips_mode()", false)]
    [InlineData("fips_mode", false)]
    public void Truth(string expression, bool expected)
    {
        bool known = ConditionExpression.TryEvaluate(expression, out bool truth, out string error, out _);
        Assert.Equal("", error);
        Assert.True(known);
        Assert.Equal(expected, truth);
    }

    [Theory]
    [InlineData("foo", 0, "unparsable conditional expression 'foo'")]
    [InlineData("foo(1)", 0, "unparsable conditional expression 'foo(1)'")]
    [InlineData("!foo", 0, "unparsable conditional expression '!foo'")]
    [InlineData("!", 0, "unparsable conditional expression '!'")]
    [InlineData("1 && foo", 5, "unparsable conditional expression 'foo'")]
    [InlineData("0 && foo", 5, "unparsable conditional expression 'foo'")]
    [InlineData("1 || (0 && foo(3)) x", 11, "unparsable conditional expression 'foo(3)) x'")]
    [InlineData("1 &&  ", 2, "unparsable conditional expression '&&'")]
    [InlineData("&& 1", 0, "unparsable conditional expression '&& 1'")]
    [InlineData("()", 1, "unparsable conditional expression ')'")]
    [InlineData("12x", 2, "unexpected character 'x' at the end of conditional expression '12x'")]
    [InlineData("1 1", 2, "unexpected character '1' at the end of conditional expression '1 1'")]
    [InlineData("1)", 1, "unexpected character ')' at the end of conditional expression '1)'")]
    [InlineData("1 | 1", 2, "unexpected character '|' at the end of conditional expression '1 | 1'")]
    [InlineData("(1 && 0) && 1 || 0 1", 19,
        "unexpected character '1' at the end of conditional expression '(1 && 0) && 1 || 0 1'")]
    [InlineData("(1", 0, "expected ')' after conditional expression '(1'")]
    [InlineData("((1)", 0, "expected ')' after conditional expression '((1)'")]
    [InlineData("streq(a)", 7, "missing arguments (got 1/2), type 'string' expected "
        + "in argument 1 of predicate 'streq' used in conditional expression")]
    [InlineData("streq()", 6, "missing arguments (got 1/2), type 'string' expected "
        + "in argument 1 of predicate 'streq' used in conditional expression")]
    [InlineData("streq", 5, "missing arguments (got 1/2), type 'string' expected "
        + "in argument 1 of predicate 'streq' used in conditional expression")]
    [InlineData("streq(a,b", 9, "expected ')' in argument 1 of predicate 'streq' used in conditional expression")]
    [InlineData("streq(a,b,c)", 9,
        "expected ')' before ',c)' in argument 1 of predicate 'streq' used in conditional expression")]
    [InlineData("feature(a", 9, "expected ')' in argument 1 of predicate 'feature' used in conditional expression")]
    [InlineData("feature(a)b", 10, "unexpected character 'b' at the end of conditional expression 'feature(a)b'")]
    [InlineData("openssl_version_atleast(3)", 26,
        "invalid argument to conditional expression predicate 'openssl_version_atleast': '3'")]
    [InlineData("openssl_version_before(x.y.z)", 29,
        "invalid argument to conditional expression predicate 'openssl_version_before': 'x.y.z'")]
    public void Faults(string expression, int at, string expected)
    {
        bool known = ConditionExpression.TryEvaluate(expression, out _, out string error, out int found);
        Assert.False(known);
        Assert.Equal((expected, at), (error, found));
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_a_crash()
    {
        Assert.False(ConditionExpression.TryEvaluate(new string('(', 100_000), out _, out string error, out _));
        Assert.StartsWith("unparsable", error);
    }

    [Fact]
    public void Any_text_is_evaluated_or_refused()
    {
        string[] pieces = ["0", "1", "!", "(", ")", "&&", "||", "|", "streq(", "defined", "a", ",", "\"", "'", "\\", " "];
        Prop.ForAll<byte[]>(choices =>
        {
            string text = string.Concat(Array.ConvertAll(choices, choice => pieces[choice % pieces.Length]));
            bool known = ConditionExpression.TryEvaluate(text, out _, out string error, out int at);
            return known == (error.Length == 0) && at >= 0 && at <= text.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
