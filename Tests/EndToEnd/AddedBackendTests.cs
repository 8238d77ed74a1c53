using System.Threading.Tasks;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary><c>add backend</c> and <c>del backend</c> while requests go on.</summary>
public sealed class AddedBackendTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    private Proxy StartSections() => StartApi("""
        defaults d
            mode http
            timeout client 10s
            timeout server 10s
            timeout connect 10s
            balance roundrobin
            default-server weight 7
            http-response set-header x-backend %b
        defaults plain
            timeout client 10s
            timeout server 10s
            timeout connect 10s
        frontend fe from plain
            mode http
            bind <fe>
            use_backend %[path,word(1,/)] if { path_beg /b }
            default_backend be
        backend be from d
            http-request return status 200 content-type text/plain string kept
        backend table from d
            stick-table type ip size 10
        listen li from plain
            mode http
            bind <li>
        frontend origin from plain
            mode http
            bind <origin>
            http-request return status 200 content-type text/plain string origin
        """, "nbthread 2");

    private static string Ask(Proxy proxy, string path)
    {
        using Wire client = proxy.Connect("fe");
        client.Send(Get(path));
        HttpMessage answer = client.ReadResponse();
        return answer.Status == 200 ? $"{answer["x-backend"]} {answer.Text}".Trim() : $"{answer.Status}";
    }

    [Fact]
    public void Its_servers_take_turns()
    {
        Origin first = NewOrigin("a");
        Origin second = NewOrigin("b");
        Proxy proxy = StartSections();
        proxy.AlertsAllowed = true; // of backends without servers
        Line("add backend b1 from d");
        foreach ((string name, Origin origin) in new[] { ("x", first), ("y", second) })
        {
            Assert.Equal("New server registered.", Line($"add server b1/{name} {origin.Address}"));
            Say($"enable server b1/{name}");
        }
        Line("publish backend b1");
        for (int round = 0; round < 4; round++)
        {
            Wire client = proxy.Connect("fe");
            client.Send(Get("/b1"));
            Wire server = (round % 2 == 0 ? first : second).Accept();
            server.ReadRequest();
            server.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.Equal(200, client.ReadResponse().Status);
        }
    }

    private string Line(string command) => Say(command).TrimEnd('\n');

    [Fact]
    public void A_backend_comes_carries_requests_and_goes()
    {
        Proxy proxy = StartSections();
        proxy.AlertsAllowed = true; // of backends without servers
        for (int round = 0; round < 3; round++)
        {
            Assert.Equal("kept", Ask(proxy, "/b1"));
            Assert.Equal("New backend registered.", Line("add backend b1 from d"));
            Assert.Equal("New server registered.", Line($"add server b1/s 127.0.0.1:{Bench.Ports["origin"]}"));
            Say("enable server b1/s");
            Assert.Equal("kept", Ask(proxy, "/b1")); // it is not published
            Assert.Equal("Backend published.", Line("publish backend b1"));
            Assert.Equal("b1 origin", Ask(proxy, "/b1"));
            Assert.Contains("\nb1,BACKEND,", Say("show stat"));
            Assert.Equal("Backend must be unpublished prior to its deletion.", Line("del backend b1"));
            Say("unpublish backend b1");
            Assert.Equal("Only a backend without server can be deleted.", Line("del backend b1"));
            Say("disable server b1/s");
            Assert.Equal("Done.", Line("wait 5s srv-removable b1/s"));
            Say("del server b1/s");
            Assert.Equal("Done.", Line("wait 5s be-removable b1"));
            Assert.Equal("Backend deleted.", Line("del backend b1"));
            Assert.Equal("No such backend.", Line("del backend b1"));
            Assert.DoesNotContain("b1", Say("show stat") + Say("show backend") + Say("show servers state"));
        }
        Assert.Equal("kept", Ask(proxy, "/b1"));
    }

    [Fact]
    public void Many_come_and_go_while_requests_go_on()
    {
        Proxy proxy = StartSections();
        proxy.AlertsAllowed = true; // of backends without servers
        using Traffic traffic = new(proxy);
        for (int round = 0; round < 6; round++)
        {
            string name = $"b{round % 3}";
            Say($"add backend {name} from d;add server {name}/s 127.0.0.1:{Bench.Ports["origin"]};enable server {name}/s;"
                + $"publish backend {name};wait 5ms;unpublish backend {name};disable server {name}/s;"
                + $"wait 5s srv-removable {name}/s;del server {name}/s;wait 5s be-removable {name}");
            Assert.EndsWith("Backend deleted.", Line($"del backend {name}"));
        }
        Assert.Equal(0, traffic.Failures());
        Assert.Equal("# name\nbe\ntable\nli", Line("show backend"));
    }

    private static readonly (string Command, string Answer)[] Commands =
    [
        ("add backend", "Require backend name."),
        ("add backend a!", "Invalid character '!' in backend name."),
        ("add backend a d", "Usage: add backend <name> from <defproxy>."),
        ("add backend a from d x y", "Usage: add backend <name> from <defproxy> [mode <px_mode>] [guid <val>]."),
        ("add backend a from d mode", "Usage: add backend <name> from <defproxy> [mode <px_mode>] [guid <val>]."),
        ("add backend a from d mode x", "Unknown proxy mode."),
        ("add backend a from d mode log", "Dynamic backends are compatible with only TCP or HTTP mode."),
        ("add backend a from none", "Cannot find default proxy 'none'."),
        ("add backend a from plain", "Mode is required as 'plain' default proxy does not explicitly defines it."),
        ("add backend be from d", "Error during backend creation : name is already used by other proxy 'backend be'."),
        ("add backend fe from d", "Error during backend creation : name is already used by other proxy 'frontend fe'."),
        ("add backend li from d", "Error during backend creation : name is already used by other proxy 'proxy li'."),
        ("add backend a from plain mode tcp guid g", "New backend registered."),
        ("del backend", "No such backend."),
        ("del backend fe", "No such backend."),
        ("del backend li", "Cannot delete a listen section."),
        ("del backend table", "Cannot remove a backend with stick-table."),
        ("del backend be",
            "This proxy cannot be removed at runtime due to other configuration elements pointing to it."),
        ("wait 1ms be-removable", "Missing backend name."),
        ("wait 1ms be-removable none", "Failed. No such backend."),
        ("wait 1ms be-removable li", "Failed. Cannot delete a listen section."),
        ("show defaults", "d\nplain"),
        ("show default-server", "* be\n* table"),
        ("show default-server be", "* be"),
        ("show default-server none", "Can't find backend."),
        ("operator;add backend a from d", "\nPermission denied"),
    ];

    [Fact]
    public void Commands_answer()
    {
        StartSections();
        foreach ((string command, string answer) in Commands)
            Assert.Equal($"{command}: {answer}", $"{command}: {Line(command)}");
    }

    /// <summary>Requests one after the other, until it is disposed.</summary>
    private sealed class Traffic : System.IDisposable
    {
        private readonly Task<int> task;
        private volatile bool ends;

        public Traffic(Proxy proxy) => task = Task.Run(() => Run(proxy));

        public int Failures()
        {
            ends = true;
            return task.GetAwaiter().GetResult();
        }

        public void Dispose() => ends = true;

        private int Run(Proxy proxy)
        {
            int failures = 0;
            for (int i = 0; !ends; i++)
            {
                string answer = Ask(proxy, $"/b{i % 3}");
                // One that was let in before it was unpublished may find no server any more.
                if (answer is not ("kept" or "503") && !answer.EndsWith(" origin", System.StringComparison.Ordinal)) failures++;
            }
            return failures;
        }
    }
}
