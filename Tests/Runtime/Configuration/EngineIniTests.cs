using System;
using System.Collections.Generic;
using System.IO;
using Engine.Data.Configuration;
using Engine.Runtime.Configuration;
using Xunit;

namespace Tests.Runtime.Configuration;

/// <summary><c>engine.ini</c>: what it sets, and what it does not take.</summary>
public sealed class EngineIniTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("sluice-ini").FullName;
    private readonly List<string> messages = [];

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private EngineSettings Load(string? text, string? given = null)
    {
        if (text != null) File.WriteAllText(Path.Combine(directory, EngineIni.FileName), text);
        Engine.Data.Configuration.Diagnostics diagnostics = new(message => messages.Add(message.Text));
        return EngineIni.Load(given, Path.Combine(directory, "haproxy.cfg"), diagnostics);
    }

    [Fact]
    public void Without_a_file_all_is_as_it_is_by_default()
    {
        EngineSettings settings = Load(null);
        Assert.Null(settings.KernelBackEnd);
        Assert.Equal(0, settings.SpinMicroseconds);
        Assert.True(settings.PinsThreads);
        Assert.True(settings.StreamsFirst);
        Assert.Empty(messages);
    }

    [Fact]
    public void Every_key_is_taken()
    {
        EngineSettings settings = Load("""
            [kernel]
            backend = epoll
            [threads]
            pinning = off
            spin = 20
            [http2]
            streams-first = off
            """);
        Assert.Equal("epoll", settings.KernelBackEnd);
        Assert.Equal(20, settings.SpinMicroseconds);
        Assert.False(settings.PinsThreads);
        Assert.False(settings.StreamsFirst);
        Assert.Empty(messages);
    }

    [Theory]
    [InlineData("[kernel]\nbackend = kqueue", "backend 'kqueue' is none of io_uring, epoll, auto")]
    [InlineData("[threads]\npinning = maybe", "pinning 'maybe' is neither on nor off")]
    [InlineData("[threads]\nspin = 1001", "spin '1001' is no number of microseconds from 0 to 1000")]
    [InlineData("[threads]\nspin = x", "spin 'x' is no number of microseconds from 0 to 1000")]
    [InlineData("[http2]\nstreams-first = 1", "streams-first '1' is neither on nor off")]
    [InlineData("[http2]\nother = 1", "unknown key 'http2.other'")]
    [InlineData("spin = 1", "key 'spin' stands in no section")]
    public void What_it_does_not_take_is_told(string text, string reason)
    {
        Load(text);
        Assert.Contains(reason, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_named_must_be_there()
    {
        Load(null, Path.Combine(directory, "other.ini"));
        Assert.Contains("other.ini : No such file or directory", Assert.Single(messages), StringComparison.Ordinal);
    }
}
