using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Custom formats: items, flags, names, types and encodings, and what decides whether a line is written.</summary>
public sealed class LogFormatTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Global = """
        global
        nbthread 1
        log stdout format raw local0

        """;

    /// <summary>Formats and what they make of one request, as observed on the reference; dates and ports as patterns.</summary>
    private static readonly (string Format, string Line)[] Formats =
    [
        ("%{+json}o %(request)r %(x)[str(custom)]", "{\"request\": \"GET /p/a?q=1&b=#22x HTTP/1.1\", \"x\": \"custom\"}"),
        ("%{+json}o %(a)ci %(b)cp %(e)ST %(f)ts %(o)rc %(p)HM", "{\"a\": \"127.0.0.1\", \"b\": PORT, \"e\": 200, \"f\": \"--\", \"o\": 0, \"p\": \"GET\"}"),
        ("%{+json}o %(i)CC %(j)hr %(k)hrl %(h)hs %(l)hsl", "{\"i\": \"\", \"j\": \"{a#22b\\\\]c|a#09b|}\", \"k\": [\"a#22b\\\\]c\", \"a#09b\", \"-\"], \"h\": null, \"l\": null}"),
        ("%{+json}o %ci %(x)[int(3)] text %(y)[bool(1)] %(n)[capture.req.hdr(9)] %(m)[src]", "{\"x\": 3, \"y\": true, \"n\": \"\", \"m\": \"127.0.0.1\"}"),
        ("%{+json}o %(x:str)[int(3)] %(z:sint)[str(12)] %(zz:sint)[str(x)] %(b:bool)[str(1)]", "{\"x\": \"3\", \"z\": 12, \"zz\": 0, \"b\": true}"),
        ("%{+json}o %(a:bool)ST %(b:bool)Tw %(c:sint)[var(txn.no)] %(d:bool)[str()] %(e)[bin(610062)]", "{\"a\": true, \"b\": false, \"c\": \"\", \"d\": \"\", \"e\": \"a\"}"),
        ("%{+json,+Q}o %(k)hrl %(l)hsl", "{\"k\": [\"a#22b\\\\]c\", \"a#09b\", \"\"], \"l\": null}"),
        ("%{+cbor}o %(a:bool)ST %(q)HQ %(c:sint)[str()]", "BF6161F561717F673F713D3126623D632332326178FF6163F6FF"),
        ("%{+json}o %(cp:str)cp %(ci:sint)ci %(raw:raw)[str(x)] %()ci", "{\"cp\": \"PORT\", \"ci\": \"127.0.0.1\", \"raw\": x}"),
        ("%{+json}o %(a)[capture.req.hdr(1)] %(d)[capture.req.hdr(0)]", "{\"a\": \"a\\u0009b\", \"d\": \"a\\\"b\\\\]c\"}"),
        ("%{+json,+X}o %(a)ci %(c)pid", "{\"a\": \"7F000001\", \"c\": \"HEX\"}"),
        ("%(a)ci %(:sint)[str(3)] %{+json}[int(3)] %(n){+json}[str(x)] %{+json}ci", "127.0.0.1 3 3 \"x\" \"127.0.0.1\""),
        ("%ci %{+json}o %(a)f", "{\"a\": \"FE\"}"),
        ("%{+cbor}o %(request)r %(i)[int(3)] %(i2)[int(-300)] %(b)[bool(1)] %(ci)ci", "BF67726571756573747F6F474554202F702F613F713D3126623D632332326A7820485454502F312E31FF61690362693239012B6162F5626369693132372E302E302E31FF"),
        ("%{+cbor}o %(bin)[bin(0a0b)] %(none)[capture.req.hdr(9)] %(raw:raw)[str(x)] %(e)[str()]", "BF6362696E5F420A0BFF646E6F6E65F663726177x6165F6FF"),
        ("%{+cbor}o %(i)CC %(j)hr %(k)hrl %(h)HP %(hs)hs %(l)hsl", "BF6169F6616A7F617B61616323323264625C5D63617C6161632330396162617C617DFF616B9F7F61616323323264625C5D63FF7F6161632330396162FF7F612DFFFF61687F642F702F61FF626873F6616CF6FF"),
        ("%{+cbor}[int(70000)] %{+cbor}ci %{+cbor}[bin(0102)] %{+cbor}[int(5000000000)]", "1A00011170 693132372E302E302E31 5F420102FF 1B000000012A05F200"),
        ("%{+cbor}o %ci", "BFFF"),
        ("%{+Q}ci %{+X}ci %{+Q,+X}ci %{+E}[capture.req.hdr(0)] %{+Q}[capture.req.hdr(0)]", "\"127.0.0.1\" 7F000001 7F000001 a\\\"b\\\\\\]c \"a\"b\\]c\""),
        ("%{+Q}o %ci %{-Q}ci %[src] %ST %ts %hr %CC", "\"127.0.0.1\" 127.0.0.1 \"127.0.0.1\" 200 -- \"{a#22b\\]c|a#09b|}\" \"\""),
        ("%HM %HU %HP %HPO %HQ %HV %{+Q}r", "GET /p/a?q=1&b=#22x /p/a /p/a ?q=1&b=#22x HTTP/1.1 \"GET /p/a?q=1&b=#22x HTTP/1.1\""),
        ("%f %b %s %ID %{+Q}ID %OG %sc %sq %bq %ac %fc %bc", "FE be s1 - \"\" txn_close 0 0 0 1 1 0"),
        ("[id@1 h=\"%{+E}[capture.req.hdr(0)]\" n=%[capture.req.hdr(9)]]", "[id@1 h=\"a\\\"b\\\\\\]c\" n=-]"),
        ("%-ci %%x %{+Q}[capture.req.hdr(9)]|%[capture.req.hdr(9)]", "-ci %x \"\"|-"),
        ("%{+X}[int(255)] %{+X}ST %(na-me_9)f", "255 200 FE"),
    ];

    [Fact]
    public void Formats_make_of_a_request_what_the_reference_makes_of_it()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        StringBuilder file = new(Global + HttpDefaults + "    log global\n");
        for (int i = 0; i < Formats.Length; i++)
        {
            file.Append($"""
                frontend fe{i}
                    bind <fe{i}>
                    capture request header x-q len 20
                    capture request header x-ctl len 20
                    capture request header x-none len 20
                    log-format '#{i} {Formats[i].Format}'
                    default_backend be

                """);
        }
        Proxy proxy = Start(file.Append($"backend be\n    server s1 {origin.Address}\n").ToString());
        StringBuilder wrong = new();
        for (int i = 0; i < Formats.Length; i++)
        {
            Wire client = proxy.Connect($"fe{i}");
            client.Send(Get("/p/a?q=1&b=\"x", "X-Q: a\"b\\]c", "X-Ctl: a\tb")).ReadResponse();
            string port = $"{client.LocalPort}";
            client.Close();
            string wanted = Formats[i].Line;
            bool isObject = Formats[i].Format.Contains("+json}o") || Formats[i].Format.Contains("+json,")
                || Formats[i].Format.Contains("+cbor}o");
            string line = proxy.Output.WaitForCount(i + 1)[i];
            string pattern = Regex.Escape((isObject ? "" : $"#{i} ") + wanted)
                .Replace("PORT", port).Replace("HEX", "[0-9A-F]+").Replace("FE", $"fe{i}");
            if (!Regex.IsMatch(line, $"^{pattern}$")) wrong.Append($"{Formats[i].Format}\n  wanted {pattern}\n  was    {line}\n");
        }
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Theory]
    [InlineData("http-request set-log-level err", "<131>")]
    [InlineData("http-response set-log-level debug", "<135>")]
    [InlineData("http-request set-log-level silent\nhttp-request set-log-level emerg", "<128>")]
    [InlineData("", "<134>")]
    public void A_rule_sets_the_level_of_the_line(string rule, string priority)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start($"""
            global
            log stdout format priority local0

            """ + Simple(origin, $"log global\nlog-format %HU\n{rule}"));
        proxy.Connect("fe").Send(Get("/x")).ReadResponse();
        Assert.Equal($"{priority}/x", proxy.Output.WaitFor("/x"));
    }

    [Theory]
    [InlineData("http-request set-log-level silent if { path /quiet }", "")]
    [InlineData("option dontlog-normal", "http-request deny deny_status 503 if { path /loud }")]
    public void Some_requests_leave_no_line(string rule, string other)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + Simple(origin, $"log global\nlog-format %HU\n{rule}\n{other}"));
        Wire client = proxy.Connect("fe");
        client.Send(Get("/quiet")).ReadResponse();
        client.Send(Get("/loud")).ReadResponse();
        Assert.Equal("/loud", proxy.Output.WaitForCount(1)[0]);
    }

    [Fact]
    public void Targets_take_samples_of_the_lines()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        DatagramSink sink = NewSink();
        Proxy proxy = Start($"""
            global
            nbthread 1
            log {sink.Address} format raw sample 2-3:4 local0
            log stdout sample 1:4 local0

            """ + Simple(origin, "log global\nlog-format %HU"));
        Wire client = proxy.Connect("fe");
        for (int i = 1; i <= 8; i++) client.Send(Get($"/{i}")).ReadResponse();
        Assert.Equal(["/2", "/3", "/6", "/7"], sink.Datagrams.WaitForCount(4).Select(line => line.TrimEnd()));
        Assert.Equal(["/1", "/5"], proxy.Output.WaitForCount(2).Select(line => line[line.LastIndexOf('/')..]));
    }

    [Fact]
    public void Structured_data_stands_in_lines_of_rfc_5424()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("""
            global
            log stdout format rfc5424 local0

            """ + Simple(origin, "log global\nlog-format %HU\nlog-format-sd '%{+Q,+E}o [id@1 u=%HU]'"));
        proxy.Connect("fe").Send(Get("/x")).ReadResponse();
        Assert.Matches(@"^<134>1 \S+ \S+ \S+ \d+ - \[id@1 u=""/x""\] /x$", proxy.Output.WaitFor("/x"));
    }

    [Fact]
    public void Structured_data_that_do_not_fit_are_left_out()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start("""
            global
            log stdout len 80 format rfc5424 local0

            """ + Simple(origin, "log global\nlog-format %HU\nlog-format-sd '%{+Q,+E}o [id@1 u=%HU]'"));
        string path = "/" + new string('x', 70);
        proxy.Connect("fe").Send(Get(path)).ReadResponse();
        Assert.Matches(@"^<134>1 \S+ \S+ \S+ \d+ - - /x+$", proxy.Output.WaitFor("/x"));
    }

    [Theory]
    [InlineData("OPTIONS * HTTP/1.1", "*| |")]
    [InlineData("GET http://h/p?q HTTP/1.1", "http://h/p?q| /p |?q")]
    [InlineData("GET /p??q HTTP/1.1", "/p??q| /p |??q")]
    public void Targets_are_taken_apart(string line, string parts)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + Simple(origin, "log global\nlog-format 'is %HU|%[str( )]%HPO%[str( )]|%HQ'"));
        proxy.Connect("fe").Send($"{line}\r\nHost: h\r\n\r\n").ReadResponse();
        Assert.Equal("is " + parts.Replace("| |", "|  |"), proxy.Output.WaitFor("is "));
    }

    [Theory]
    [InlineData("GET /rejected HTTP/1.1\r\nHost: h\r\n\r\n", "-1 -1 PR HTTP/1.1 /rejected")]
    [InlineData("BAD\r\n\r\n", "-1 400 PR <BADREQ> -")]
    public void What_rules_rejected_has_no_time_and_what_was_no_request_no_id(string request, string told)
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + Simple(
            origin,
            "log global\nunique-id-format %HU\nlog-format 'is %TR %ST %ts %HV %ID'\nhttp-request reject"));
        proxy.Connect("fe").Send(request).ReadToEnd();
        Assert.Equal($"is {told}", proxy.Output.WaitFor("is "));
    }

    [Fact]
    public void A_line_that_was_cut_looks_like_one_without_a_version()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + "tune.http.logurilen 20\n" + Simple(origin, "log global\nlog-format 'is %HV %r'"));
        proxy.Connect("fe").Send(Get("/0123456789abcdef")).ReadResponse();
        Assert.Equal("is HTTP/0.9 GET /0123456789abcde", proxy.Output.WaitFor("is "));
    }

    [Fact]
    public void A_unique_id_is_the_same_everywhere_and_another_for_each_request()
    {
        AnsweringOrigin origin = NewAnsweringOrigin();
        Proxy proxy = Start(Global + Simple(
            origin,
            """
            log global
            unique-id-format %{+X}o%ci:%cp_%fi:%fp_%Ts_%rt:%pid
            unique-id-header X-Unique-ID
            http-response set-header X-Id %[unique-id]
            log-format "%ID %rt %lc"
            """));
        Wire client = proxy.Connect("fe");
        for (int i = 0; i < 2; i++)
        {
            string? told = client.Send(Get("/")).ReadResponse()["x-id"];
            Assert.Matches("^7F000001:[0-9A-F]{4}_7F000001:[0-9A-F]{4}_[0-9A-F]{8}_[0-9A-F]{4}:[0-9A-F]+$", told);
            Assert.Equal(told, origin.Requests[i].Request["x-unique-id"]);
            Assert.Equal($"{told} {i} {i}", proxy.Output.WaitForCount(i + 1)[i]);
        }
    }

    [Fact]
    public void Error_log_format_is_the_line_of_a_client_that_was_refused()
    {
        Proxy proxy = Start($"""
            global
                nbthread 1
                log stdout format raw local0
            {HttpDefaults}
            log global
            frontend fe
                bind <fe> accept-proxy
                option httplog
                error-log-format "refused %ci %ft %ST %Tt %[src]"
                http-request return status 200
            """);
        Wire client = proxy.Connect("fe");
        client.Send("no header at all\r\n");
        client.ExpectGone();
        Assert.Matches(@"^refused 127\.0\.0\.1 fe 0 \d+ 127\.0\.0\.1", proxy.Output.WaitFor("refused"));
    }

    [Theory]
    [InlineData("/hang", "sH", "127.0.0.1")]
    [InlineData("/cut", "SH", "127.0.0.1")]
    [InlineData("/bad", "PH", "127.0.0.1")]
    [InlineData("/ok", "--", "127.0.0.1")]
    public void The_ends_of_a_server_connection_that_failed_are_told(string path, string state, string address)
    {
        AnsweringOrigin origin = NewAnsweringOrigin((request, _) => request.Target switch
        {
            "/cut" => "",
            "/bad" => "HTTP/9 x\r\n\r\n",
            _ => Ok,
        });
        Origin silent = NewOrigin();
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
                timeout server 200ms
                retries 0
            frontend fe
                bind <fe>
                log stdout format raw local0
                log-format "is %ts %bi %si %sp %[bc_src] %[bc_dst_port]"
                use_backend silent if { path /hang }
                default_backend be
            backend be
                server s {{origin.Address}}
            backend silent
                server s {{silent.Address}}
            """);
        proxy.Connect("fe").Send(Get(path)).ReadResponse();
        int port = path == "/hang" ? silent.Port : origin.Port;
        Assert.Equal($"is {state} {address} {address} {port} {address} {port}", proxy.Output.WaitFor("^is "));
    }
}
