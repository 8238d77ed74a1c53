using System;
using System.Runtime.CompilerServices;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Pages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Systems.Logs.Items;

/// <summary>Names of the frontend, the backend and the server, and of the machine.</summary>
internal static unsafe class NameItems
{
    private const int NameMax = 255;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.LogAliases.Add(new("f", "frontend name", &Frontend));
        Words.LogAliases.Add(new("ft", "frontend name, '~' behind it over TLS", &FrontendTransport) { Kind = LogValueKind.Foreign });
        Words.LogAliases.Add(new("b", "backend name", &Backend));
        Words.LogAliases.Add(new("s", "server name", &Server));
        Words.LogAliases.Add(new("H", "host name", &Hostname));
        Words.LogAliases.Add(new("ID", "unique id", &Id));
        Words.LogAliases.Add(new("sslc", "TLS cipher", &Cipher));
        Words.LogAliases.Add(new("sslv", "TLS version", &TlsVersion));
    }

    private static int Frontend(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Name(line, scope.Frontend.NameBytes.Span, step.Flags);

    private static int FrontendTransport(ref Evaluation scope, in LogStep step, Span<byte> line)
    {
        if (scope.Listener?.Tls == null) return Frontend(ref scope, in step, line);
        Span<byte> marked = stackalloc byte[Math.Min(scope.Frontend.NameBytes.Length, NameMax) + 1];
        scope.Frontend.NameBytes.Span[..(marked.Length - 1)].CopyTo(marked);
        marked[^1] = (byte)'~';
        return LogText.Name(line, marked, step.Flags);
    }

    /// <summary>
    /// Before a backend was chosen, and when the frontend answers itself, the frontend stands for it.
    /// </summary>
    private static int Backend(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Name(line, (scope.Backend ?? scope.Frontend).NameBytes.Span, step.Flags);

    private static int Server(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Name(line, scope.Server is null ? WithoutServer(ref scope) : scope.Server.NameBytes.Span, step.Flags);

    /// <summary>The service that answered, where one did.</summary>
    private static ReadOnlySpan<byte> WithoutServer(ref Evaluation scope)
    {
        if (scope.Stream == null || scope.Log == null || (scope.Stream->Flags & StreamFlags.Served) == 0) return "<NOSRV>"u8;
        return scope.Log->Page == PageKind.Exporter ? "<PROMEX>"u8 : "<STATS>"u8;
    }

    private static int Hostname(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        LogText.Name(line, scope.Process.Hostname.Span, step.Flags);

    private static int Id(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        UniqueId.TryTake(ref scope, out ByteView id)
            ? LogText.Sample(line, id.Span, step.Flags)
            : LogText.Missing(line, step.Flags);

    /// <summary>Connections in the clear have neither cipher nor version.</summary>
    private static int Cipher(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        scope.ClientTls == null
            ? LogText.Missing(line, step.Flags)
            : LogText.Name(line, TlsText.Of(OpenSsl.CipherName(OpenSsl.SslCipher(scope.ClientTls->Ssl))), step.Flags);

    private static int TlsVersion(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        scope.ClientTls == null
            ? LogText.Missing(line, step.Flags)
            : LogText.Name(line, TlsText.Of(OpenSsl.SslVersionName(scope.ClientTls->Ssl)), step.Flags);
}
