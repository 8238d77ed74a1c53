using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// Addresses and facts of the client's and the server's connection (manual sections 7.3.3 and 7.3.4).
/// </summary>
internal static unsafe class ConnectionFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("src", SampleType.Address, SamplePlaces.Connection, &Source);
        Add("src_port", SampleType.Integer, SamplePlaces.Connection, &SourcePort);
        Add("dst", SampleType.Address, SamplePlaces.Connection, &Destination);
        Add("dst_port", SampleType.Integer, SamplePlaces.Connection, &DestinationPort);
        Add("fc_src", SampleType.Address, SamplePlaces.Connection, &PeerSource);
        Add("fc_src_port", SampleType.Integer, SamplePlaces.Connection, &PeerSourcePort);
        Add("fc_dst", SampleType.Address, SamplePlaces.Connection, &PeerDestination);
        Add("fc_dst_port", SampleType.Integer, SamplePlaces.Connection, &PeerDestinationPort);
        AddServerSource("bc_src", SampleType.Address, &ServerSource);
        AddServerSource("bc_src_port", SampleType.Integer, &ServerSourcePort);
        Add("bc_dst", SampleType.Address, SamplePlaces.ServerConnection, &ServerDestination);
        Add("bc_dst_port", SampleType.Integer, SamplePlaces.ServerConnection, &ServerDestinationPort);
        Add("bc_reused", SampleType.Boolean, SamplePlaces.ServerConnection, &ServerReused);
        Add("bc_http_major", SampleType.Integer, SamplePlaces.ServerConnection, &ServerMajor);
        Add("fc_http_major", SampleType.Integer, SamplePlaces.Connection, &ClientMajor);
        Add("bc_err", SampleType.Integer, SamplePlaces.ServerConnection, &ServerError);
        Add("bc_err_name", SampleType.String, SamplePlaces.ServerConnection, &ServerErrorName);
        Add("bc_err_str", SampleType.String, SamplePlaces.ServerConnection, &ServerErrorText);
        Add("fc_err", SampleType.Integer, SamplePlaces.Connection, &ClientError);
        Add("fc_err_name", SampleType.String, SamplePlaces.Connection, &ClientErrorName);
        Add("fc_err_str", SampleType.String, SamplePlaces.Connection, &ClientErrorText);
        Add("dst_is_local", SampleType.Boolean, SamplePlaces.Connection, &DestinationIsLocal);
        Add("src_is_local", SampleType.Boolean, SamplePlaces.Connection, &SourceIsLocal);
        Add("fc_dst_is_local", SampleType.Boolean, SamplePlaces.Connection, &PeerDestinationIsLocal);
        Add("fc_src_is_local", SampleType.Boolean, SamplePlaces.Connection, &PeerSourceIsLocal);
    }

    private static void Add(
        string word, SampleType output, SamplePlaces places,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, places, fetch));

    private static void AddServerSource(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.ServerConnection, fetch)
        {
            Prepare = &AskForServerSource,
        });

    private static string? AskForServerSource(ParsePlace place, Arguments arguments)
    {
        place.Draft.Globals.ReadsServerSource = true;
        return null;
    }

    private static bool Source(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Client != null && Address(&scope.Client->Source, ref sample);

    private static bool SourcePort(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Client != null && Port(&scope.Client->Source, ref sample);

    private static bool Destination(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Client != null && Address(&scope.Client->Destination, ref sample);

    private static bool DestinationPort(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Client != null && Port(&scope.Client->Destination, ref sample);

    private static bool PeerSource(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Client != null && Address(OwnSource(ref scope), ref sample);

    private static bool PeerSourcePort(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Client != null && Port(OwnSource(ref scope), ref sample);

    private static bool PeerDestination(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Client != null && Address(OwnDestination(ref scope), ref sample);

    private static bool PeerDestinationPort(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Client != null && Port(OwnDestination(ref scope), ref sample);

    /// <summary>
    /// What the connection itself has, whatever a preamble says of the client behind it, and rules of its session and
    /// of the request.
    /// </summary>
    private static SocketAddress* OwnSource(ref Evaluation scope) =>
        scope.Preamble != null ? &scope.Preamble->PeerSource
        : scope.ConnectionAddresses != null ? &scope.ConnectionAddresses->Source
        : scope.KeptAddresses != null ? &scope.KeptAddresses->Source
        : &scope.Client->Source;

    /// <inheritdoc cref="OwnSource"/>
    private static SocketAddress* OwnDestination(ref Evaluation scope) =>
        scope.Preamble != null ? &scope.Preamble->PeerDestination
        : scope.ConnectionAddresses != null ? &scope.ConnectionAddresses->Destination
        : scope.KeptAddresses != null ? &scope.KeptAddresses->Destination
        : &scope.Client->Destination;

    private static bool ServerSource(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        SocketAddress* address = ServerEnds.Source(ref scope);
        return address != null && Address(address, ref sample);
    }

    private static bool ServerSourcePort(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        SocketAddress* address = ServerEnds.Source(ref scope);
        return address != null && Port(address, ref sample);
    }

    private static bool ServerDestination(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        SocketAddress* address = ServerEnds.Destination(ref scope);
        return address != null && Address(address, ref sample);
    }

    private static bool ServerDestinationPort(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        SocketAddress* address = ServerEnds.Destination(ref scope);
        return address != null && Port(address, ref sample);
    }

    /// <summary>Unix sockets have no address.</summary>
    private static bool Address(SocketAddress* address, ref Sample sample)
    {
        if (address->Family == AddressFamily.Inet) sample.Type = SampleType.Ipv4;
        else if (address->Family == AddressFamily.Inet6) sample.Type = SampleType.Ipv6;
        else return false;
        sample.Address = address->Bytes;
        return true;
    }

    /// <summary>There is no port 0: an address that rules gave to a Unix socket has none.</summary>
    private static bool Port(SocketAddress* address, ref Sample sample)
    {
        if (address->Family is not (AddressFamily.Inet or AddressFamily.Inet6) || address->Port == 0) return false;
        sample.SetInteger(address->Port);
        return true;
    }

    private static bool ServerReused(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        bool isThere = scope.ServerDestination != null && scope.Stream != null;
        sample.SetBoolean(isThere && (scope.Stream->Flags & StreamFlags.ServerReused) != 0);
        return true;
    }

    private static bool ServerMajor(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.ServerDestination == null) return false;
        sample.SetInteger(scope.ServerHttp2 != null ? 2 : 1);
        return true;
    }

    private static bool ClientMajor(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        bool second = scope.Log != null && scope.Log->Version == HttpVersion.Http2;
        sample.SetInteger(second ? 2 : 1);
        return true;
    }

    /// <summary>What can fail and still be told of is the handshake.</summary>
    private static TlsFault FaultOf(ref Evaluation scope) =>
        scope.ClientTls == null ? TlsFault.None : scope.ClientTls->Fault;

    private static bool ClientError(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetInteger((int)FaultOf(ref scope));
        return true;
    }

    private static bool ClientErrorName(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Literal(FaultTexts.NameOf(FaultOf(ref scope)), ref sample);

    private static bool ClientErrorText(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Literal(FaultTexts.TextOf(FaultOf(ref scope)), ref sample);

    /// <summary>A text of the program itself, which does not move.</summary>
    private static bool Literal(ReadOnlySpan<byte> text, ref Sample sample)
    {
        fixed (byte* start = text) sample.SetString(new ByteView(start, text.Length));
        return true;
    }

    /// <summary>
    /// A connection that stands has no error. Of one that failed only the handshake's fault is kept. False: neither.
    /// </summary>
    private static bool ServerFault(ref Evaluation scope, out TlsFault fault)
    {
        fault = scope.ServerDestination != null || scope.Log == null ? TlsFault.None : scope.Log->ServerFault;
        return scope.ServerDestination != null || fault != TlsFault.None;
    }

    private static bool ServerError(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!ServerFault(ref scope, out TlsFault fault)) return false;
        sample.SetInteger((int)fault);
        return true;
    }

    private static bool ServerErrorName(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        ServerFault(ref scope, out TlsFault fault) && Literal(FaultTexts.NameOf(fault), ref sample);

    private static bool ServerErrorText(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        ServerFault(ref scope, out TlsFault fault) && Literal(FaultTexts.TextOf(fault), ref sample);

    private static bool DestinationIsLocal(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Destination(ref scope, arguments, ref sample) && LocalAddresses.Tell(ref sample);

    private static bool SourceIsLocal(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Source(ref scope, arguments, ref sample) && LocalAddresses.Tell(ref sample);

    private static bool PeerDestinationIsLocal(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        PeerDestination(ref scope, arguments, ref sample) && LocalAddresses.Tell(ref sample);

    private static bool PeerSourceIsLocal(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        PeerSource(ref scope, arguments, ref sample) && LocalAddresses.Tell(ref sample);
}
