using System;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Variables;
using Engine.Systems.Http1;
using Engine.Systems.Rules;
using Xunit;

namespace Tests.Systems.Rules;

/// <summary>
/// Everything that rules and log lines look at, from the text of a configuration and of messages: one exchange of a
/// client at 127.0.0.1:50000, at a fixed time.
/// </summary>
internal sealed unsafe class RuleWorld : IDisposable
{
    public const int ScratchSize = 256 * 1024;
    private const int FieldCapacity = 8192;

    /// <summary>Friday, 20 November 2026, 15:14:36.386962 UTC.</summary>
    public const long Wall = 1_795_187_676_386_962;

    private readonly byte* scratch = (byte*)NativeMemory.AllocZeroed(ScratchSize);
    private readonly byte* bytes = (byte*)NativeMemory.AllocZeroed(ScratchSize);
    private readonly ulong* random = (ulong*)NativeMemory.AllocZeroed(8);
    private readonly VariableRows streamVariables;
    private readonly VariableRows sessionVariables;
    private readonly ProcessVariables processVariables;
    private int bytesUsed;

    public RuleWorld(CompiledConfiguration configuration)
    {
        Configuration = configuration;
        streamVariables = new VariableRows(1, configuration.Variables.Stream.Count);
        sessionVariables = new VariableRows(1, configuration.Variables.Session.Count);
        processVariables = new ProcessVariables(configuration.Variables.Process.Count);
        Stream = (Stream*)NativeMemory.AllocZeroed((nuint)sizeof(Stream));
        Log = (StreamLog*)NativeMemory.AllocZeroed((nuint)sizeof(StreamLog));
        Client = (ClientFacts*)NativeMemory.AllocZeroed((nuint)sizeof(ClientFacts));
        ServerSource = (SocketAddress*)NativeMemory.AllocZeroed((nuint)sizeof(SocketAddress));
        ServerDestination = (SocketAddress*)NativeMemory.AllocZeroed((nuint)sizeof(SocketAddress));
        *random = 0x1234_5678_9ABC_DEF1;
        Client->Source = SocketAddress.Inet([127, 0, 0, 1], 50000);
        Client->Destination = SocketAddress.Inet([127, 0, 0, 1], 8080);
        Client->Requests = 1;
        Log->AcceptedWallMicroseconds = Wall - 1_000_000;
        Log->RequestWallMicroseconds = Wall - 500_000;
        Log->StartedNanoseconds = 1_000_000_000;
        Log->FirstByteNanoseconds = 1_500_000_000;
        Log->HeadNanoseconds = 1_501_000_000;
        Log->RequestNumber = 1;
        Log->LogNumber = 1;
    }

    public CompiledConfiguration Configuration { get; }

    public Stream* Stream { get; }

    public StreamLog* Log { get; }

    public ClientFacts* Client { get; }

    public SocketAddress* ServerSource { get; }

    public SocketAddress* ServerDestination { get; }

    public MessageHead* Request { get; private set; }

    public MessageHead* Response { get; private set; }

    public LogDates Dates { get; set; } = new(TimeZoneInfo.Utc);

    public Server? Server { get; set; }

    public Proxy? Backend { get; set; }

    public ulong RandomState
    {
        get => *random;
        set => *random = value;
    }

    public static RuleWorld Of(string configuration) => new(Runtime.Configuration.Parsed.Of(configuration).Configuration!);

    /// <summary>Parses a request; line ends may be bare line feeds.</summary>
    public RuleWorld WithRequest(string text)
    {
        NativeMemory.Free(Request);
        bytesUsed = 0;
        Request = Parse(text, isRequest: true);
        Log->RequestLine = Request->StartLine;
        Log->Version = Request->Version;
        return this;
    }

    public RuleWorld WithResponse(string text)
    {
        Response = Parse(text, isRequest: false);
        return this;
    }

    /// <summary>What rules of the first proxy see; request rules unless a response was given.</summary>
    public void Build(out Evaluation scope)
    {
        scope = default;
        scope.Configuration = Configuration;
        scope.Frontend = Configuration.Proxies[0];
        scope.Backend = Backend;
        scope.Server = Server;
        scope.Listener = Configuration.Listeners.Length > 0 ? Configuration.Listeners[0] : null;
        scope.Stream = Stream;
        scope.Log = Log;
        scope.Client = Client;
        scope.Request = Response == null ? Request : null;
        scope.Response = Response;
        scope.Scratch = new Scratch(scratch, ScratchSize);
        scope.Process = new ProcessIdentity(4711, "machine", "machine", Wall - 60_000_000);
        scope.Dates = Dates;
        scope.WallMicroseconds = Wall;
        scope.Random = random;
        scope.StreamVariables = streamVariables.Of(0);
        scope.SessionVariables = sessionVariables.Of(0);
        scope.ProcessVariables = processVariables;
        scope.InResponse = Response != null;
        if (Server is null) return;
        scope.ServerSource = ServerSource;
        scope.ServerDestination = ServerDestination;
    }

    /// <summary>Runs the request rules, or the response rules when there is a response.</summary>
    public RuleVerdict Run()
    {
        Build(out Evaluation scope);
        RuleVerdict verdict = default;
        Proxy proxy = Configuration.Proxies[0];
        RuleProgram? program = Response == null ? proxy.HttpRequestRules : proxy.HttpResponseRules;
        if (program is not null) RunRules.Run(ref scope, program, ref verdict);
        return verdict;
    }

    /// <summary>The head as it is passed on.</summary>
    public string Head()
    {
        Span<byte> text = new byte[ScratchSize];
        int length = Response == null
            ? WriteHead.Request(Request, ConnectionSaid.Nothing, text)
            : WriteHead.Response(Response, ConnectionSaid.Nothing, text);
        return Encoding.Latin1.GetString(text[..length]).Replace("\r\n", "\n");
    }

    /// <summary>The value of a field of the edited head; null when it is not there.</summary>
    public string? Field(string name)
    {
        MessageHead* head = Response == null ? Request : Response;
        int index = EditFields.Find(head, Encoding.Latin1.GetBytes(name));
        return index < 0 ? null : Encoding.Latin1.GetString(MessageHead.FieldArray(head)[index].ValueSpan);
    }

    /// <summary>The path of the edited request.</summary>
    public string Path() => Request->Path.ToString();

    public void Dispose()
    {
        NativeMemory.Free(scratch);
        NativeMemory.Free(bytes);
        NativeMemory.Free(random);
        NativeMemory.Free(Stream);
        NativeMemory.Free(Log);
        NativeMemory.Free(Client);
        NativeMemory.Free(ServerSource);
        NativeMemory.Free(ServerDestination);
        NativeMemory.Free(Request);
        NativeMemory.Free(Response);
    }

    private MessageHead* Parse(string text, bool isRequest)
    {
        byte[] message = Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));
        byte* start = bytes + bytesUsed;
        message.CopyTo(new Span<byte>(start, message.Length));
        bytesUsed += message.Length;
        MessageHead* head = (MessageHead*)NativeMemory.AllocZeroed((nuint)MessageHead.SlotSize(FieldCapacity));
        head->FieldCapacity = FieldCapacity;
        int scanned = 0;
        HeadLimits limits = new() { BytesMax = ScratchSize, FieldsMax = FieldCapacity, AcceptUnsafe = true };
        HeadResult result = isRequest
            ? ParseRequestHead.Run(start, message.Length, ref scanned, head, limits)
            : ParseResponseHead.Run(start, message.Length, ref scanned, head, limits);
        Assert.Equal(HeadResult.Ok, result);
        return head;
    }
}
