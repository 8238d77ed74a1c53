using System.Text;
using Engine.Runtime.Admin;
using Xunit;

namespace Tests.Runtime.Admin;

public sealed class MessageCaptureTextTests
{
    /// <summary>The states and offsets that HAProxy 3.5 tells for the same bytes.</summary>
    [Theory]
    [InlineData("G\x01T / HTTP/1.1\r\n\r\n", 1, "MSG_RQMETH(2)")]
    [InlineData("GET /a\x01b HTTP/1.1\r\n\r\n", 6, "MSG_RQURI(4)")]
    [InlineData("GET / HTTP/1.x\r\n\r\n", 13, "MSG_RQVER(6)")]
    [InlineData("GET\r\n\r\n", 3, "MSG_RQMETH(2)")]
    [InlineData("GET / HTTP/1.1\r\nA: \0b\r\n\r\n", 19, "MSG_HDR_VAL(22)")]
    [InlineData("GET / HTTP/1.1\r\nA: c\rb\r\n\r\n", 21, "MSG_HDR_L2_LF(23)")]
    [InlineData("GET / HTTP/1.1\r\nA: b\r\nHost: a\r\nHost: b\r\n\r\n", 37, "MSG_HDR_L2_LWS(24)")]
    [InlineData("GET / HTTP/1.1\r\n: b\r\n\r\n", 16, "MSG_HDR_NAME(17)")]
    [InlineData("GET / HTTP/1.1\r\nab\r\n\r\n", 18, "MSG_HDR_NAME(17)")]
    [InlineData("GET / HTTP/1.1\r\nA:b\r\n\rX", 22, "MSG_LAST_LF(25)")]
    public void Where_the_parser_stands(string request, int errorAt, string state) =>
        Assert.Equal(state, MessageCaptureText.State(Encoding.Latin1.GetBytes(request), errorAt, isRequest: true));

    [Fact]
    public void Bytes_are_shown_line_by_line()
    {
        StringBuilder text = new();
        MessageCaptureText.AddBytes(Encoding.Latin1.GetBytes("X: \t \\ \x01\x80\"\x1bq\r\n\r\n" + new string('x', 69) + "\r\ny"), text);
        Assert.Equal(
            "  00000  X: \\t \\\\ \\x01\\x80\"\\eq\\r\\n\n"
            + "  00014  \\r\\n\n"
            + $"  00016  {new string('x', 69)}\n"
            + "  00085+ \\r\\n\n"
            + "  00087  y\n",
            text.ToString());
    }
}
