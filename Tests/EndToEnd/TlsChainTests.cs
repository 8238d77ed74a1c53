using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Chains that are completed or shortened, sizes of records, and what the TLS library itself is told.</summary>
public sealed class TlsChainTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private static readonly TestCertificate Authority = TestCertificate.Make(["our ca"], isAuthority: true);
    private static readonly TestCertificate Leaf = TestCertificate.Make(["leaf.test"], Authority);

    [Theory]
    [InlineData("", "leaf.pem", 1)]
    [InlineData("issuers-chain-path <dir>/chains", "leaf.pem", 2)]
    [InlineData("issuers-chain-path <dir>/chains", "full.pem", 2)]
    [InlineData("issuers-chain-path <dir>/chains\n    ssl-skip-self-issued-ca", "leaf.pem", 1)]
    [InlineData("ssl-skip-self-issued-ca", "full.pem", 1)]
    [InlineData("", "full.pem", 2)]
    [InlineData("issuers-chain-path <dir>/chains", "other.pem", 1)]
    [InlineData("ssl-provider default\n    ssl-propquery provider=default", "leaf.pem", 1)]
    public void Clients_get_so_many_certificates(string global, string file, int count)
    {
        Start(global, file);
        Assert.Equal(count, Talk(out _).Count);
    }

    [Theory]
    [InlineData("", 16384)]
    [InlineData("tune.ssl.hard-maxrecord 1000", 1000)]
    [InlineData("tune.ssl.hard-maxrecord 1000\n    tune.ssl.maxrecord 2000", 1000)]
    [InlineData("tune.ssl.hard-maxrecord 2000\n    tune.ssl.maxrecord 1500", 1500)]
    public void No_record_is_longer_than_allowed(string global, int limit)
    {
        Start(global, "leaf.pem");
        Talk(out List<int> records);
        // The body has records of its own; what TLS 1.2 adds is a nonce and a tag, 24 bytes.
        int longest = 0;
        foreach (int length in records) longest = int.Max(longest, length);
        Assert.Equal(int.Min(limit, Body.Length) + 24, longest);
    }

    [Theory]
    [InlineData("issuers-chain-path /nope", "global statement 'issuers-chain-path' expects a directory path as an argument.")]
    [InlineData("ssl-provider nope", "ssl-provider nope: unknown provider")]
    [InlineData("ssl-provider", "global statement 'ssl-provider' expects a valid engine provider name as an argument.")]
    [InlineData("ssl-propquery =", "global statement 'ssl-propquery': '=' is no property query.")]
    [InlineData("ssl-provider-path", "global statement 'ssl-provider-path' expects a directory path as an argument.")]
    [InlineData("tune.ssl.hard-maxrecord -1", "'tune.ssl.hard-maxrecord' expects a positive numeric value.")]
    [InlineData("tune.ssl.force-private-cache x", "'tune.ssl.force-private-cache' cannot handle unexpected argument 'x'.")]
    public void What_is_wrong_is_told(string line, string message)
    {
        ProgramResult result = Bench.Run("-c", "-f", Bench.WriteFile("bad.cfg", $"global\n    {line}\n"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors);
    }

    [Fact]
    public void Files_of_chains_that_hold_nothing_new_are_told()
    {
        Directory.CreateDirectory(Path.Combine(Bench.Directory, "chains"));
        Bench.WriteFile("chains/a.pem", Authority.CertificatePem);
        Bench.WriteFile("chains/b.pem", Authority.CertificatePem);
        Bench.WriteFile("chains/c.txt", "nothing");
        string path = Bench.WriteFile("warn.cfg", "global\n    issuers-chain-path <dir>/chains\n");
        string told = Bench.Run("-c", "-f", path).Errors.Replace(Bench.Directory, "");
        Assert.Contains("duplicate issuers-chain /chains/b.pem: /chains/a.pem already in store", told);
        Assert.Contains("unable to load issuers-chain /chains/c.txt : pem certificate not found.", told);
    }

    private static readonly string Body = new('x', 6000);

    private void Start(string global, string file)
    {
        Directory.CreateDirectory(Path.Combine(Bench.Directory, "chains"));
        Bench.WriteFile("chains/ca.pem", Authority.CertificatePem);
        Bench.WriteFile("leaf.pem", Leaf.Pem);
        Bench.WriteFile("full.pem", Leaf.CertificatePem + Authority.CertificatePem + Leaf.KeyPem);
        Bench.WriteFile("other.pem", TestCertificate.Make(["leaf.test"]).Pem);
        base.Start($"""
            global
                {global}
            {HttpDefaults}
            frontend fe
                bind <fe> ssl crt <dir>/{file} ssl-max-ver TLSv1.2
                http-request return status 200 content-type text/plain string {Body}

            """);
    }

    /// <summary>Asks once. The subjects that the server showed, and the lengths of the records of its answer.</summary>
    private List<string> Talk(out List<int> records)
    {
        List<string> subjects = [];
        using TcpClient socket = new("127.0.0.1", Bench.Ports["fe"]);
        using Recorder wire = new(socket.GetStream());
        using SslStream tls = new(wire, leaveInnerStreamOpen: true, (_, _, chain, _) =>
        {
            foreach (var element in chain!.ChainPolicy.ExtraStore) subjects.Add(element.Subject);
            return true;
        });
        tls.AuthenticateAsClient("leaf.test");
        tls.Write(Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
        byte[] room = new byte[65536];
        while (tls.Read(room) > 0) ;
        records = wire.DataRecords();
        return subjects;
    }

    /// <summary>Keeps what was received.</summary>
    private sealed class Recorder(Stream inner) : Stream
    {
        private readonly List<byte> received = [];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => 0;

        public override long Position { get; set; }

        /// <summary>Lengths of the records of application data (RFC 5246 section 6.2.1).</summary>
        public List<int> DataRecords()
        {
            List<int> lengths = [];
            for (int at = 0; at + 5 <= received.Count;)
            {
                int length = received[at + 3] << 8 | received[at + 4];
                if (received[at] == 23) lengths.Add(length);
                at += 5 + length;
            }
            return lengths;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = inner.Read(buffer, offset, count);
            received.AddRange(buffer.AsSpan(offset, read).ToArray());
            return read;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken token = default)
        {
            int read = await inner.ReadAsync(buffer, token);
            received.AddRange(buffer[..read].ToArray());
            return read;
        }

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken token = default) =>
            inner.WriteAsync(buffer, token);

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
