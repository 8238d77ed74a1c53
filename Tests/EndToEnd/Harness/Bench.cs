using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// The world of one test: its directory, ports, proxies, origins and connections. Its end closes the peers
/// first and
/// then holds each proxy to the rules of <see cref="Proxy.End"/>.
/// </summary>
public sealed partial class Bench : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly List<Proxy> proxies = [];
    private readonly HashSet<int> originPorts = [];
    private int files;

    public Bench()
    {
        Directory = Path.Combine(Path.GetTempPath(), "sluice-e2e-" + Guid.NewGuid().ToString("N")[..12]);
        System.IO.Directory.CreateDirectory(Directory);
    }

    /// <summary>A directory of this test's own, removed at its end.</summary>
    public string Directory { get; }

    public PortBook Ports { get; } = new();

    public T Own<T>(T item) where T : IDisposable
    {
        lock (owned)
        {
            owned.Add(item);
            if (item is Origin { Port: > 0 } origin)
                originPorts.Add(origin.Port);
            else if (item is AnsweringOrigin answering)
                originPorts.Add(answering.Port);
        }
        return item;
    }

    /// <summary>
    /// Replaces <c>&lt;name&gt;</c> by a reserved address on 127.0.0.1, <c>&lt;port:name&gt;</c> by the port
    /// alone and
    /// <c>&lt;dir&gt;</c> by the directory of this test.
    /// </summary>
    public string Expand(string text) => Placeholder().Replace(text, match =>
        match.Value == "<dir>" ? Directory
        : match.Groups["port"].Success ? $"{Ports[match.Groups["name"].Value]}"
        : $"127.0.0.1:{Ports[match.Groups["name"].Value]}");

    public string WriteFile(string name, string content)
    {
        string path = Path.Combine(Directory, name);
        File.WriteAllBytes(path, Wire.Encoding.GetBytes(Expand(content)));
        return path;
    }

    /// <summary>Starts the program in the foreground on a configuration and waits until its named listeners
    /// listen.</summary>
    public Proxy Start(string configuration, params string[] arguments) => Start(configuration, 0, arguments);

    public Proxy Start(string configuration, int descriptorsMax, params string[] arguments)
    {
        string path = WriteFile($"haproxy{files++}.cfg", configuration + "\n");
        Proxy proxy = Launch([.. ProgramUnderTest.Serving, "-f", path, .. arguments], descriptorsMax);
        proxy.WaitUntilListening(ListenersOf(configuration));
        // These come behind those of the frontends.
        foreach (Match socket in StatsSocket().Matches(configuration))
        {
            string file = Path.Combine(Directory, socket.Groups["file"].Value);
            proxy.WaitUntil(() => File.Exists(file), $"{file} is there");
        }
        return proxy;
    }

    /// <summary>Starts the program with these arguments alone and waits for nothing.</summary>
    public Proxy Launch(string[] arguments, int descriptorsMax = 0)
    {
        Proxy proxy = new(this, ProgramUnderTest.Path, Directory, [.. arguments.Select(Expand)],
            descriptorsMax);
        proxies.Add(proxy);
        return proxy;
    }

    /// <summary>Starts another program that becomes the program under test by itself.</summary>
    public Proxy LaunchProgram(string program, string[] arguments)
    {
        Proxy proxy = new(this, program, Directory, [.. arguments.Select(Expand)], 0);
        proxies.Add(proxy);
        return proxy;
    }

    /// <summary>Runs the program to its end.</summary>
    public ProgramResult Run(params string[] arguments)
    {
        Proxy proxy = Launch(arguments);
        proxy.SkipEndChecks = true;
        int code = proxy.WaitForExit(20_000);
        return new(code, proxy.Output.Text, proxy.Errors.Text);
    }

    public static IEnumerable<string> ListenersOf(string configuration) =>
        BindLine().Matches(configuration).Select(m => m.Groups["name"].Value).Distinct();

    /// <summary>A connection of a proxy of this test whose peer is gone or should be.</summary>
    public bool IsLeftOpen((int LocalPort, int RemotePort, int State) row) =>
        row.State is TcpTable.Established or TcpTable.CloseWait
        && (Ports.Holds(row.LocalPort) || originPorts.Contains(row.RemotePort));

    /// <summary>What the proxies printed, for the report of a failure.</summary>
    public string Describe() => string.Join('\n', proxies.Select(p => p.Describe()));

    public void Dispose()
    {
        List<Exception> failures = [];
        lock (owned)
        {
            foreach (IDisposable item in owned.Where(item => item is not DatagramSink))
                item.Dispose();
        }
        foreach (Proxy proxy in proxies)
        {
            try
            {
                proxy.End();
            }
            catch (Exception e)
            {
                failures.Add(e);
            }
            proxy.Dispose();
        }
        // The last lines of a proxy that stops need somewhere to go.
        foreach (IDisposable item in owned.Where(item => item is DatagramSink))
            item.Dispose();
        Ports.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
        if (failures.Count > 0)
            throw failures.Count == 1 ? failures[0] : new AggregateException(failures);
    }

    [GeneratedRegex("<(?:(?<port>port):)?(?<name>[a-z][a-z0-9]*)>")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^\s*stats\s+socket\s+(?:unix@)?<dir>/(?<file>\S+)", RegexOptions.Multiline)]
    private static partial Regex StatsSocket();

    [GeneratedRegex(@"^\s*bind\s+<(?<name>[a-z][a-z0-9]*)>", RegexOptions.Multiline)]
    private static partial Regex BindLine();
}
