using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tls;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// The secrets of TLS 1.3 connections, for key log files (manual sections 3.2, <c>tune.ssl.keylog</c>, and 7.3.4). Without
/// that word, and in older versions, there is no sample.
/// </summary>
internal static unsafe class SecretFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("client_early_traffic_secret", &ClientEarly, &ServerClientEarly);
        Add("client_handshake_traffic_secret", &ClientHandshake, &ServerClientHandshake);
        Add("server_handshake_traffic_secret", &ServerHandshake, &ServerServerHandshake);
        Add("client_traffic_secret_0", &Client, &ServerClient);
        Add("server_traffic_secret_0", &Server, &ServerServer);
        Add("exporter_secret", &Exporter, &ServerExporter);
        Add("early_exporter_secret", &EarlyExporter, &ServerEarlyExporter);
    }

    private static void Add(
        string secret, delegate*<ref Evaluation, Arguments, ref Sample, bool> client,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> server)
    {
        Words.Fetches.Add(new($"ssl_fc_{secret}", ArgumentSpec.None, SampleType.String, SamplePlaces.Session, client));
        Words.Fetches.Add(
            new($"ssl_bc_{secret}", ArgumentSpec.None, SampleType.String, SamplePlaces.ServerConnection, server));
    }

    private static bool ClientEarly(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ClientTls, TlsSecret.ClientEarly, ref sample);

    private static bool ServerClientEarly(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ServerTls, TlsSecret.ClientEarly, ref sample);

    private static bool ClientHandshake(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ClientTls, TlsSecret.ClientHandshake, ref sample);

    private static bool ServerClientHandshake(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ServerTls, TlsSecret.ClientHandshake, ref sample);

    private static bool ServerHandshake(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ClientTls, TlsSecret.ServerHandshake, ref sample);

    private static bool ServerServerHandshake(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ServerTls, TlsSecret.ServerHandshake, ref sample);

    private static bool Client(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ClientTls, TlsSecret.Client, ref sample);

    private static bool ServerClient(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ServerTls, TlsSecret.Client, ref sample);

    private static bool Server(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ClientTls, TlsSecret.Server, ref sample);

    private static bool ServerServer(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ServerTls, TlsSecret.Server, ref sample);

    private static bool Exporter(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ClientTls, TlsSecret.Exporter, ref sample);

    private static bool ServerExporter(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ServerTls, TlsSecret.Exporter, ref sample);

    private static bool EarlyExporter(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ClientTls, TlsSecret.EarlyExporter, ref sample);

    private static bool ServerEarlyExporter(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Take(scope.ServerTls, TlsSecret.EarlyExporter, ref sample);

    private static bool Take(TlsState* tls, TlsSecret kind, ref Sample sample)
    {
        if (tls == null || tls->Secrets == null) return false;
        ByteView text = TlsSecrets.View(tls->Secrets, kind);
        if (text.IsEmpty) return false;
        sample.SetString(text);
        return true;
    }
}
