using System;
using System.Linq;
using Engine.Data.Registries;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Configuration;
using Xunit;

namespace Tests.Runtime.CommandLine;

/// <summary>What <c>-dK</c> prints, and that the registries are sound.</summary>
public sealed class KeywordListingTests
{
    public KeywordListingTests() => WordFiles.Register();

    [Fact]
    public void All() => Snapshot.Verify(KeywordListing.Of("all"));

    [Fact]
    public void Help() => Snapshot.Verify(KeywordListing.Of("help"));

    [Fact]
    public void The_document_is_current() => Snapshot.VerifyFile(KeywordDocument.Make(), "docs/KEYWORDS.md");

    [Fact]
    public void Every_registry_freezes()
    {
        foreach (IFreezable registry in Words.All) registry.Freeze();
    }

    [Fact]
    public void No_supported_word_is_refused_elsewhere()
    {
        // Words of the inventory that are rows stay on the list; only a word that is no row is looked up there.
        Assert.True(UnsupportedWords.Contains("proxy", "stick-table"));
        Assert.True(UnsupportedWords.Contains("section", "userlist"));
        Assert.True(UnsupportedWords.Contains("bind", "ktls"));
        Assert.True(UnsupportedWords.Contains("balance", "hdr(host)"));
        Assert.True(UnsupportedWords.Contains("fetch", "ssl_c_san"));
        Assert.False(UnsupportedWords.Contains("proxy", "stick-tabl"));
        Assert.False(UnsupportedWords.Contains("nosuch", "ssl"));
        Assert.False(UnsupportedWords.Contains("proxy", ""));
    }

    [Fact]
    public void Keywords_say_what_they_take()
    {
        string[] bare =
        [
            "be-unpublished", "daemon", "disabled", "enabled", "expose-deprecated-directives",
            "expose-experimental-directives",
            "external-check", "h1-accept-payload-with-any-method", "h1-do-not-close-on-insecure-transfer-encoding",
            "h2-workaround-bogus-websocket-clients", "insecure-fork-wanted", "no-memory-trimming", "noepoll",
            "noevports", "nokqueue", "noktls", "nopoll", "noreuseport", "nosplice", "pp2-never-send-local", "prealloc-fd", "quiet",
            "ssl-load-extra-del-ext", "ssl-mode-async",
            "ssl-skip-self-issued-ca", "strict-limits", "tune.disable-fast-forward", "tune.disable-zero-copy-forwarding",
            "tune.ssl.force-private-cache", "zero-warning",
        ];
        foreach (Keyword row in Words.Keywords.Rows)
            Assert.True(row.Usage.Length > 0 || bare.Contains(row.Word), row.Word);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("nosuch", "")]
    [InlineData("svc", "# List of registered service names:\n")]
    public void Classes(string classes, string start) =>
        Assert.StartsWith(start, KeywordListing.Of(classes), StringComparison.Ordinal);
}
