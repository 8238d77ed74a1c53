using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Captures of fields, cookies and samples, in log lines and as samples.</summary>
public sealed class CaptureTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-R: r{|}\"r\r\nSet-Cookie: SESSX=1234567890; path=/\r\n"
        + "Set-Cookie: SESS=2\r\n\r\n";

    private static readonly string[] Fields =
        ["X-A: one", "X-A: last{|}\"#value and more", "X-B: beta-long", "Cookie: a=b; SESSION=abcdefghijklmnopqrstuvw; SESS=z"];

    private const string Captures = """
        capture request header X-A len 14
        capture request header X-B len 15
        capture response header x-r len 20
        capture cookie SESS= len 20
        """;

    [Theory]
    [InlineData("%hr", "{last#7B#7C#7D#22#23value|beta-long}", "{|}")]
    [InlineData("%hs", "{r#7B#7C#7D#22r}", "{}")]
    [InlineData("%hrl", "last#7B#7C#7D#22#23value beta-long", "- -")]
    [InlineData("%{+Q}hrl", "\"last#7B#7C#7D#22#23value\" \"beta-long\"", "\"\" \"\"")]
    [InlineData("%{+Q}hr", "\"{last#7B#7C#7D#22#23value|beta-long}\"", "\"{|}\"")]
    [InlineData("%hsl", "r#7B#7C#7D#22r", "-")]
    [InlineData("%CC", "SESS=z", "-")]
    [InlineData("%CS", "SESS=2", "-")]
    [InlineData("%{+Q}CC", "\"SESS=z\"", "\"\"")]
    [InlineData("%[capture.req.hdr(1)]", "beta-long", "-")]
    [InlineData("%[capture.res.hdr(0),length]", "6", "-")]
    [InlineData("%[capture.req.hdr(7)]", "-", "-")]
    [InlineData("%[capture.res.ver]", "HTTP/1.1", "HTTP/1.0")]
    public void Log_lines_show_captures(string item, string full, string empty)
    {
        AnsweringOrigin origin = NewAnsweringOrigin(
            (r, _) => r.Target == "/full" ? Answer : "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n");
        Proxy proxy = Start(Logged(origin, $"{Captures}\nlog-format \"is {item}\""));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/full", Fields)).ReadResponse();
        client.Send(Get("/empty")).ReadResponse();
        Assert.Equal($"is {full}", proxy.Output.WaitForCount(2)[0]);
        Assert.Equal($"is {empty}", proxy.Output.WaitForCount(2)[1]);
    }

    [Fact]
    public void A_cookie_without_equal_sign_names_a_beginning()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => Answer);
        Proxy proxy = Start(Logged(origin, "capture cookie SESS len 12\noption httplog"));
        proxy.Connect("fe").Send(Get("/", Fields)).ReadResponse();
        Assert.Contains(" SESSION=abcd SESSX=123456 ---- ", proxy.Output.WaitFor("GET"));
    }

    [Theory]
    [InlineData("A=b; SESS = x y ;c=d", "SESS=x y")]
    [InlineData("SESS= x", "SESS=x")]
    [InlineData("SESSION =x", "SESSION=x")]
    [InlineData("SESS = abcdefgh", "SESS=abcdefg")]
    [InlineData("SES=1; SESS", "-")]
    public void Blanks_around_the_equals_sign_of_a_cookie_are_not_captured(string cookie, string captured)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Logged(origin, "capture cookie SESS len 12\nlog-format \"is %CC\""));
        proxy.Connect("fe").Send(Get("/", $"Cookie: {cookie}\r\n")).ReadResponse();
        Assert.Equal($"is {captured}", proxy.Output.WaitFor("is "));
    }

    [Fact]
    public void Rules_capture_samples_into_slots_of_their_own_and_into_declared_ones()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => Answer);
        Proxy proxy = Start(Logged(
            origin,
            """
            option httplog
            declare capture request len 5
            declare capture response len 3
            http-request capture path len 4
            http-request capture src id 0
            http-response capture res.hdr(x-r) id 0
            http-request set-header x-one %[str(abcdefgh),capture-req(0)]
            tcp-request content capture dst len 40
            """,
            "http-request capture method id 1\nhttp-request capture method id 9"));
        proxy.Connect("fe").Send(Get("/path")).ReadResponse();
        Assert.Contains(" {abcde|GET|127.0.0.1} {r#7B#7C} \"GET /path", proxy.Output.WaitFor("GET"));
        Assert.Equal("abcdefgh", origin.Requests[0].Request["x-one"]);
    }

    [Fact]
    public void A_request_that_was_never_whole_has_no_captures()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => Answer);
        Proxy proxy = Start(Logged(origin, $"option httplog\n{Captures}"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/1", Fields)).ReadResponse();
        client.Send("BAD\r\n\r\n").ReadResponse();
        Assert.EndsWith(" 0/0 \"<BADREQ>\"", proxy.Output.WaitFor("BADREQ"));
    }

    [Theory]
    [InlineData("/", "SESS=z SESS=2")]
    [InlineData("/denied", "SESS=z -")]
    [InlineData("/dropped", "- SESS=2")]
    [InlineData("/written", "SESS=new SESS=2")]
    [InlineData("/moved", "- -")]
    [InlineData("/answered", "- -")]
    [InlineData("/unset", "SESS=z -")]
    [InlineData("/bad", "SESS=z -")]
    public void Cookies_are_captured_as_rules_leave_them(string path, string captured)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => Answer);
        Proxy proxy = Start(Logged(
            origin,
            """
            capture cookie SESS= len 20
            log-format "is %CC %CS"
            http-request deny if { path /denied }
            http-request del-header cookie if { path /dropped }
            http-request set-header cookie SESS=new if { path /written }
            http-request redirect location / if { path /moved }
            http-response del-header set-cookie if { capture.req.uri /unset }
            """,
            """
            http-request return status 200 if { path /answered }
            http-response deny if { capture.req.uri /bad }
            """));
        proxy.Connect("fe").Send(Get(path, Fields)).ReadResponse();
        Assert.Equal($"is {captured}", proxy.Output.WaitFor("is "));
    }

    [Fact]
    public void Captures_of_one_request_never_show_in_the_next()
    {
        AnsweringOrigin origin = NewAnsweringOrigin((_, _) => AnsweringOrigin.Ok(""));
        Proxy proxy = Start(Logged(origin, "option httplog\ncapture request header X-A len 200"));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 6; i++)
            client.Send(Get($"/{i}", i % 2 == 0 ? [$"X-A: {new string('a', i + 1)}"] : [])).ReadResponse();
        foreach (string line in proxy.Output.WaitForCount(6))
        {
            int i = Regex.Match(line, "/([0-9]) HTTP").Groups[1].Value[0] - '0';
            Assert.Contains($" {{{(i % 2 == 0 ? new string('a', i + 1) : "")}}} ", line);
        }
    }

    private static string Logged(AnsweringOrigin origin, string frontend, string backend = "") => $"""
        global
        nbthread 1
        log stdout format raw local0

        """ + Simple(origin, "log global\n" + frontend, backend);
}
