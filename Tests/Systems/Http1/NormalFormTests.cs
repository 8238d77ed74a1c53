using System.Text;
using Engine.Systems.Http1;
using Xunit;

namespace Tests.Systems.Http1;

/// <summary>The normal forms of targets; the cases of the manual and the edges of each.</summary>
public sealed class NormalFormTests
{
    [Theory]
    [InlineData(UriNormalizer.FragmentEncode, false, "/#foo", "/%23foo")]
    [InlineData(UriNormalizer.FragmentEncode, false, "/##", "/%23%23")]
    [InlineData(UriNormalizer.FragmentStrip, false, "/a?b#foo", "/a?b")]
    [InlineData(UriNormalizer.FragmentStrip, false, "/a", "/a")]
    [InlineData(UriNormalizer.MergeSlashes, false, "//", "/")]
    [InlineData(UriNormalizer.MergeSlashes, false, "/foo//bar?a//b", "/foo/bar?a//b")]
    [InlineData(UriNormalizer.StripDot, false, "/.", "/")]
    [InlineData(UriNormalizer.StripDot, false, "/./bar/", "/bar/")]
    [InlineData(UriNormalizer.StripDot, false, "/a/./a", "/a/a")]
    [InlineData(UriNormalizer.StripDot, false, "/.well-known/", "/.well-known/")]
    [InlineData(UriNormalizer.StripDot, false, "/a/.?b/./c", "/a/?b/./c")]
    [InlineData(UriNormalizer.StripDotDot, false, "/foo/../", "/")]
    [InlineData(UriNormalizer.StripDotDot, false, "/foo/../bar/", "/bar/")]
    [InlineData(UriNormalizer.StripDotDot, false, "/foo/bar/../", "/foo/")]
    [InlineData(UriNormalizer.StripDotDot, false, "/foo/..", "/")]
    [InlineData(UriNormalizer.StripDotDot, false, "/../bar/", "/../bar/")]
    [InlineData(UriNormalizer.StripDotDot, false, "/bar/../../", "/../")]
    [InlineData(UriNormalizer.StripDotDot, false, "/foo//../", "/foo/")]
    [InlineData(UriNormalizer.StripDotDot, false, "/foo/%2E%2E/", "/foo/%2E%2E/")]
    [InlineData(UriNormalizer.StripDotDot, false, "/a/..b/", "/a/..b/")]
    [InlineData(UriNormalizer.StripDotDot, true, "/../bar/", "/bar/")]
    [InlineData(UriNormalizer.StripDotDot, true, "/bar/../../", "/")]
    [InlineData(UriNormalizer.StripDotDot, true, "/../../../", "/")]
    [InlineData(UriNormalizer.DecodeUnreserved, false, "/%61dmin", "/admin")]
    [InlineData(UriNormalizer.DecodeUnreserved, false, "/foo%3Fbar=baz", "/foo%3Fbar=baz")]
    [InlineData(UriNormalizer.DecodeUnreserved, false, "/%%36%36", "/%66")]
    [InlineData(UriNormalizer.DecodeUnreserved, false, "/%ZZ", "/%ZZ")]
    [InlineData(UriNormalizer.DecodeUnreserved, true, "/%%36%36", null)]
    [InlineData(UriNormalizer.DecodeUnreserved, true, "/%ZZ", null)]
    [InlineData(UriNormalizer.DecodeUnreserved, true, "/%6", null)]
    [InlineData(UriNormalizer.ToUppercase, false, "/%6f", "/%6F")]
    [InlineData(UriNormalizer.ToUppercase, false, "/%zz", "/%zz")]
    [InlineData(UriNormalizer.ToUppercase, true, "/%zz", null)]
    [InlineData(UriNormalizer.SortQuery, false, "/?c=3&a=1&b=2", "/?a=1&b=2&c=3")]
    [InlineData(UriNormalizer.SortQuery, false, "/?aaa=3&a=1&aa=2", "/?a=1&aa=2&aaa=3")]
    [InlineData(UriNormalizer.SortQuery, false, "/?a=3&b=4&a=1&b=5&a=2", "/?a=3&a=1&a=2&b=4&b=5")]
    [InlineData(UriNormalizer.SortQuery, false, "/?b&&a", "/?&a&b")]
    [InlineData(UriNormalizer.SortQuery, false, "/?", "/?")]
    public void A_target_gets_its_normal_form(UriNormalizer form, bool option, string text, string? expected)
    {
        byte[] output = new byte[256];
        int length = NormalForm.Write(form, option, Encoding.ASCII.GetBytes(text), output);
        Assert.Equal(expected is null ? NormalForm.Invalid : expected.Length, length);
        if (expected is not null) Assert.Equal(expected, Encoding.ASCII.GetString(output, 0, length));
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        Assert.Equal(NormalForm.TooLong, NormalForm.Write(UriNormalizer.FragmentEncode, false, "/#"u8, new byte[3]));
        Assert.Equal(NormalForm.TooLong, NormalForm.Write(UriNormalizer.StripDot, false, "/abc"u8, new byte[2]));
    }
}
