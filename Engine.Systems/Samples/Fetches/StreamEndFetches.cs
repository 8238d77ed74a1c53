using System;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Streams;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// The two ends of a stream: their numbers on their connections, and whether a peer gave up (manual section 7.3.5).
/// </summary>
internal static unsafe class StreamEndFetches
{
    /// <summary>Layers of <c>debug_str</c>, as the manual numbers them.</summary>
    private const long MuxStream = 1;
    private const long MuxConnection = 2;
    private const long ConnectionLayer = 8;
    private const long Socket = 16;
    private const long AllLayers = 31;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("fs.aborted", SampleType.Boolean, SamplePlaces.Transaction, &ClientAborted);
        Add("fs.id", SampleType.Integer, SamplePlaces.Transaction, &ClientNumber);
        Add("fs.rst_code", SampleType.Integer, SamplePlaces.Transaction, &ClientCode);
        Add("bs.aborted", SampleType.Boolean, SamplePlaces.ServerConnection, &ServerAborted);
        Add("bs.id", SampleType.Integer, SamplePlaces.ServerConnection, &ServerNumber);
        Add("bs.rst_code", SampleType.Integer, SamplePlaces.ServerConnection, &ServerCode);
        ArgumentSpec layers = new(0, ArgumentKind.Integer);
        Words.Fetches.Add(new("fs.debug_str", layers, SampleType.String, SamplePlaces.Transaction, &DescribeClient));
        Words.Fetches.Add(new("bs.debug_str", layers, SampleType.String, SamplePlaces.ServerConnection, &DescribeServer));
    }

    private static void Add(
        string word, SampleType type, SamplePlaces places, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, type, places, fetch));

    private static bool ClientAborted(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(scope.Log != null && (scope.Log->Aborts & StreamAborts.Client) != 0);
        return true;
    }

    private static bool ServerAborted(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!ReachedServer(ref scope)) return false;
        sample.SetBoolean((scope.Log->Aborts & StreamAborts.Server) != 0);
        return true;
    }

    private static bool ClientCode(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Log == null || (scope.Log->Aborts & StreamAborts.ClientCode) == 0) return false;
        sample.SetInteger(scope.Log->ClientResetCode);
        return true;
    }

    private static bool ServerCode(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Log == null || (scope.Log->Aborts & StreamAborts.ServerCode) == 0) return false;
        sample.SetInteger(scope.Log->ServerResetCode);
        return true;
    }

    /// <summary>HTTP/1 numbers the requests of a connection from 0.</summary>
    private static bool ClientNumber(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.ClientStream == null && scope.Client == null) return false;
        sample.SetInteger(scope.ClientStream != null ? scope.ClientStream->Id : Math.Max(0L, scope.Client->Requests - 1L));
        return true;
    }

    private static bool ServerNumber(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!ReachedServer(ref scope)) return false;
        sample.SetInteger(scope.Log->ServerStreamNumber);
        return true;
    }

    private static bool ReachedServer(ref Evaluation scope) => scope.Log != null && scope.Log->ConnectedNanoseconds != 0;

    private static bool DescribeClient(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Describe(ref scope, arguments, ref sample, scope.ClientStream, scope.ClientHttp2, scope.ClientConnection);

    private static bool DescribeServer(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ServerConnection != null
        && Describe(ref scope, arguments, ref sample, scope.ServerStream, scope.ServerHttp2, scope.ServerConnection);

    /// <summary>For developers; what is in it may change.</summary>
    private static bool Describe(
        ref Evaluation scope, Arguments arguments, ref Sample sample, Http2Stream* stream, Http2Connection* http2, Connection* connection)
    {
        if (connection == null) return false;
        long layers = arguments.Integer(0);
        if (layers == 0) layers = AllLayers;
        Span<byte> free = scope.Scratch.Free;
        int at = 0;
        int count = 0;
        bool fits = true;
        if ((layers & MuxStream) != 0 && stream != null)
        {
            fits &= Utf8.TryWrite(
                free, $" h2s.id={stream->Id} .flg=0x{(uint)stream->Flags:x} .rxwin={stream->ReceiveLeft} .txwin={stream->SendWindow}", out count);
            at += count;
        }
        if ((layers & MuxConnection) != 0 && http2 != null)
        {
            fits &= Utf8.TryWrite(
                free[at..],
                $" h2c.maxid={http2->HighestStream} .flg=0x{(uint)http2->Flags:x} .nbst={http2->OpenStreams} .nbsc={http2->Streams} .glitches={http2->Glitches}",
                out count);
            at += count;
        }
        if ((layers & ConnectionLayer) != 0)
        {
            fits &= Utf8.TryWrite(
                free[at..],
                $" conn.flg=0x{(uint)connection->Flags:x} .in={connection->In.Length} .out={connection->Out.Length}", out count);
            at += count;
        }
        if ((layers & Socket) != 0)
        {
            fits &= Utf8.TryWrite(free[at..], $" fd={connection->Fd}", out count);
            at += count;
        }
        if (fits) sample.SetString(scope.Scratch.Commit(at));
        return fits;
    }
}
