using System;
using Engine.Data.Http2;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>A live proxy of one thread that speaks HTTP/2 in clear, an attacker, and another client.</summary>
public abstract class Http2AttackTest(ITestOutputHelper output) : AdminSocketTest(output)
{
    protected static readonly string[] Asked = [":method: GET", ":scheme: http", ":authority: h", ":path: /"];

    protected Proxy StartHttp2(string address, string global = "", string frontend = "") => Start($"""
        global
            nbthread 1
            stats socket <dir>/api level admin
            {global}
        {HttpDefaults}
        frontend fe
            bind <fe> proto h2
            {frontend}
            http-request return status 200 content-type text/plain string alive if [ path /alive ]
            default_backend be
        backend be
            server s1 {address}

        """.Replace("[", "{").Replace("]", "}"));

    protected static Http2Wire Client(Proxy proxy, params (SettingId, uint)[] settings) =>
        Http2Wire.Client(proxy.Connect("fe"), settings);

    /// <summary>Somebody else asks and is answered.</summary>
    protected static void OthersAreServed(Proxy proxy)
    {
        using Http2Wire other = Client(proxy);
        other.Get(1, "/alive");
        Assert.Equal("alive", other.ReadMessage(1).Text);
    }

    protected static void SendWhileTaken(Http2Wire client, byte[] bytes, int times)
    {
        try
        {
            for (int i = 0; i < times; i++) client.Wire.Send(bytes);
        }
        catch (Exception gone) when (gone is WireException or System.Net.Sockets.SocketException)
        {
            // The proxy has had enough: what it said about it is still there to be read.
        }
    }
}
