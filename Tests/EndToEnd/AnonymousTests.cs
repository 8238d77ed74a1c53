using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>The anonymized mode of the Runtime API.</summary>
public sealed class AnonymousTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private void StartNamed() => StartApi($"""
        {HttpDefaults}
        backend be
            server s1 192.0.2.1:80
            server s2 127.0.0.1:80
            server s3 2001:db8::1@80
            server s4 /nowhere
        """.Replace("2001:db8::1@80", "[2001:db8::1]:80"), "anonkey 5");

    private static readonly (string Command, string Answer)[] Commands =
    [
        ("show anon", "Anonymized mode disabled\n\n"),
        ("set anon on;show anon", "\nAnonymized mode enabled\nKey : 5\n\n"),
        ("set anon on 1;show anon;debug dev hash foo;debug dev hash",
            "\nAnonymized mode enabled\nKey : 1\n\n42761f\n\n\n\n"),
        ("set anon on 1;user;show anon", "\n\nAnonymized mode enabled\n\n"),
        ("debug dev hash foo", "foo\n\n"),
        ("set anon global-key 7;set anon on;show anon", "\n\nAnonymized mode enabled\nKey : 7\n\n"),
        ("set anon on 1;set anon off;show anon", "\n\nAnonymized mode disabled\n\n"),
        ("set anon on 0", "Value out of range (1 to 4294967295 expected).\n\n"),
        ("set anon on x", "Value out of range (1 to 4294967295 expected).\n\n"),
        ("set anon on 4294967296", "Value out of range (1 to 4294967295 expected).\n\n"),
        ("set anon off 3", "Key can't be added while disabling anonymized mode\n\n"),
        ("operator;set anon global-key 3", "\nPermission denied\n\n"),
    ];

    [Fact]
    public void The_mode_is_switched()
    {
        StartNamed();
        foreach ((string command, string answer) in Commands)
            Assert.Equal($"{command}: {answer}", $"{command}: {Say(command)}");
    }

    [Fact]
    public void Names_and_addresses_are_hidden()
    {
        StartNamed();
        string state = Say("set anon on 1;show servers state;show servers conn");
        Assert.Contains(" f7cabd 1 6b121b IPV4(", state);
        Assert.Contains("\nf7cabd/6b121b ", state);
        Assert.Contains(" 127.0.0.1 ", state);
        Assert.Contains(" IPV6(", state);
        Assert.DoesNotContain("192.0.2.1", state);
        Assert.DoesNotContain("2001:db8", state);
        Assert.DoesNotContain("be/s1", state);
        Assert.Contains("be/s1 ", Say("show servers conn"));
    }
}
