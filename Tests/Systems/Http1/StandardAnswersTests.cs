using System;
using System.Globalization;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Tables;
using Engine.Systems.Http1;
using Xunit;

namespace Tests.Systems.Http1;

public sealed class StandardAnswersTests
{
    private static readonly int[] Statuses =
    [
        200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 414, 421, 422, 425, 429, 431,
        500, 501, 502, 503, 504,
    ];

    [Fact]
    public void Every_answer_is_a_valid_message_of_its_length()
    {
        using HeadBench bench = new(isRequest: false);
        ConnectionSaid[] all = [ConnectionSaid.Nothing, ConnectionSaid.Close, ConnectionSaid.KeepAlive];
        foreach (int status in Statuses)
        {
            foreach (ConnectionSaid said in all)
            {
                ByteView answer = StandardAnswers.Of(status, said);
                Assert.Equal(HeadResult.Ok, bench.Parse(answer.Span));
                CheckAnswer(bench, status, said, answer);
            }
        }
    }

    private static unsafe void CheckAnswer(HeadBench bench, int status, ConnectionSaid said, ByteView answer)
    {
        MessageHead* head = bench.Head;
        Assert.Equal(status, head->Status);
        Assert.Equal((ulong)(answer.Length - head->HeadLength), head->ContentLength);
        ByteView headAlone = StandardAnswers.Of(status, said, withoutBody: true);
        Assert.True(headAlone.Span.SequenceEqual(answer.Span[..head->HeadLength]));
        bool closes = said == ConnectionSaid.Close || status is 400 or 408;
        Assert.Equal(closes, (head->Flags & HeadFlags.ConnectionClose) != 0);
        bool keeps = said == ConnectionSaid.KeepAlive && !closes;
        Assert.Equal(keeps, (head->Flags & HeadFlags.ConnectionKeepAlive) != 0);
        string body = Encoding.ASCII.GetString(answer.Span[head->HeadLength..]);
        string title = status.ToString(CultureInfo.InvariantCulture) + " " + head->Reason;
        Assert.StartsWith("<html><body><h1>" + title + "</h1>\n", body, StringComparison.Ordinal);
        Assert.EndsWith("\n</body></html>\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_lines_are_those_of_the_reference() => Snapshot.Verify(
        StandardAnswers.Of(503, ConnectionSaid.Nothing)
        + "----\n"
        + StandardAnswers.Of(400, ConnectionSaid.Nothing));

    [Fact]
    public void Other_statuses_have_none()
    {
        for (int status = 0; status < 1000; status++)
        {
            Assert.Equal(Array.IndexOf(Statuses, status) >= 0, StandardAnswers.Has(status));
        }
        Assert.Throws<CheckFailedException>(() => StandardAnswers.Of(418, ConnectionSaid.Close));
    }
}
