using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Sockets of other kinds and in other places: multipath TCP, signed segments, abstract names, namespaces.</summary>
public sealed class NetworkTests(ITestOutputHelper output) : EndToEndTest(output)
{
    [SkippableFact]
    public void Both_sides_may_use_multipath_tcp()
    {
        const string state = "/proc/sys/net/mptcp/enabled";
        Skip.IfNot(File.Exists(state) && File.ReadAllText(state).Trim() == "1", "this kernel has no multipath TCP, or not on");
        Proxy proxy = Start(Chain("mptcp@<inner>", "mptcp@<inner>", 200));
        Assert.Equal("inner", Ask(proxy));
    }

    [SkippableTheory]
    [InlineData("tcp-md5sig key", "tcp-md5sig key", 200)]
    [InlineData("tcp-md5sig key", "tcp-md5sig other", 503)]
    [InlineData("tcp-md5sig key", "", 503)]
    [InlineData("", "tcp-md5sig key", 503)]
    public void Segments_may_be_signed(string bind, string server, int status)
    {
        Skip.IfNot(HasSignatures(), "this kernel has no signed segments");
        Proxy proxy = Start(Chain($"<inner> {bind}", $"<inner> {server}", status));
        Assert.Equal(status, proxy.Connect("fe").Send(Get()).ReadResponse().Status);
    }

    [Theory]
    [InlineData("abnsz@", "abnsz@", 200)]
    [InlineData("abns@", "abns@", 200)]
    [InlineData("abnsz@", "abns@", 503)]
    [InlineData("abns@", "abnsz@", 503)]
    public void An_abstract_name_may_be_as_long_as_it_is(string bind, string server, int status)
    {
        string name = $"sluice-{Guid.NewGuid():N}";
        Proxy proxy = Start(Chain(bind + name, server + name, status));
        Assert.Equal(status, proxy.Connect("fe").Send(Get()).ReadResponse().Status);
    }

    [SkippableTheory]
    [InlineData(true, true, 200)]
    [InlineData(true, false, 503)]
    [InlineData(false, true, 503)]
    public void Listeners_and_servers_may_be_in_another_namespace(bool bindsThere, bool connectsThere, int status)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"sluice{Environment.ProcessId}x{status}{(bindsThere ? 1 : 0)}");
        Skip.IfNot(Ip($"netns add {name}"), "this kernel has no network namespaces for us, or the program ip is missing");
        try
        {
            Assert.True(Ip($"-n {name} link set lo up"));
            const string inner = "127.0.0.1:<port:inner>";
            string bind = bindsThere ? $"{inner} namespace {name}" : inner;
            string server = connectsThere ? $"{inner} namespace {name}" : inner;
            Proxy proxy = Start(Chain(bind, server, status));
            Assert.Equal(status, proxy.Connect("fe").Send(Get()).ReadResponse().Status);
        }
        finally
        {
            Ip($"netns del {name}");
        }
    }

    private static string Ask(Proxy proxy)
    {
        HttpMessage answer = proxy.Connect("fe").Send(Get()).ReadResponse();
        Assert.Equal(200, answer.Status);
        return answer.Text;
    }

    private static bool HasSignatures()
    {
        using System.Net.Sockets.Socket socket = new(
            System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        byte[] setting = new byte[216];
        setting[0] = 2; // AF_INET
        setting[130] = 1;
        setting[136] = (byte)'k';
        try
        {
            socket.SetRawSocketOption(6, 14, setting);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static bool Ip(string arguments)
    {
        try
        {
            using Process ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            ip.WaitForExit();
            return ip.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string Chain(string bind, string server, int status) => $"""
        {HttpDefaults}
            retries 0
            timeout connect {(status == 200 ? "5s" : "200ms")}
        frontend fe
            bind <fe>
            default_backend be
        backend be
            server s1 {server}
        frontend inner
            bind {bind}
            http-request return status 200 content-type text/plain string inner
        """;
}
