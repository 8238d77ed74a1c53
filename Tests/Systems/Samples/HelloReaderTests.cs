using System;
using Engine.Systems.Samples;
using Xunit;

namespace Tests.Systems.Samples;

/// <summary>ClientHellos whole, cut at every byte, and with every length wrong.</summary>
public sealed class HelloReaderTests
{
    [Fact]
    public void A_whole_hello_tells_its_extensions()
    {
        HelloReader hello = HelloReader.Of(Make("a.test"));
        Assert.False(hello.IsInvalid);
        Assert.False(hello.IsPartial);
        Assert.Equal(1, hello.Type);
        Assert.Equal(0x0303, hello.Version);
        Assert.True(hello.TryExtension(0, out ReadOnlySpan<byte> names));
        Assert.Equal("a.test"u8, names[5..]);
        Assert.False(hello.TryExtension(16, out _));
    }

    [Fact]
    public void A_hello_cut_anywhere_may_become_one()
    {
        byte[] whole = Make("a.test");
        for (int length = 0; length < whole.Length; length++)
        {
            HelloReader hello = HelloReader.Of(whole.AsSpan(0, length));
            Assert.True(hello.IsPartial, $"{length}");
            Assert.False(hello.IsInvalid);
            Assert.False(hello.TryExtension(0, out _));
        }
    }

    [Fact]
    public void No_byte_of_a_hello_can_lead_it_astray()
    {
        byte[] whole = Make("a.test");
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte value in (byte[])[0, 1, 127, 128, 255])
            {
                byte[] changed = (byte[])whole.Clone();
                changed[at] = value;
                HelloReader hello = HelloReader.Of(changed);
                bool found = hello.TryExtension(0, out ReadOnlySpan<byte> names);
                Assert.True(!found || names.Length <= whole.Length);
            }
        }
    }

    [Fact]
    public void What_is_not_tls_is_told_at_its_first_byte() => Assert.True(HelloReader.Of("GET"u8).IsInvalid);

    private static byte[] Make(string name)
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes(name);
        byte[] names = [0, (byte)(text.Length + 3), 0, 0, (byte)text.Length, .. text];
        byte[] extensions = [0, 23, 0, 0, 0, 0, 0, (byte)names.Length, .. names];
        byte[] body =
        [
            3, 3, .. new byte[32], 0, 0, 2, 0x13, 0x01, 1, 0, 0, (byte)extensions.Length, .. extensions,
        ];
        return [22, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];
    }
}
