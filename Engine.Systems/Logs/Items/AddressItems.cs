using System;
using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Samples;

namespace Engine.Systems.Logs.Items;

/// <summary>Addresses and ports of the client's and the server's connection.</summary>
internal static unsafe class AddressItems
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.LogAliases.Add(new("ci", "client address", &ClientAddress));
        Words.LogAliases.Add(new("cp", "client port", &ClientPort) { Kind = LogValueKind.Code });
        Words.LogAliases.Add(new("fi", "address the client reached", &FrontendAddress));
        Words.LogAliases.Add(new("fp", "port the client reached", &FrontendPort) { Kind = LogValueKind.Code });
        Words.LogAliases.Add(new("bi", "our address towards the server", &BackendAddress) { ReadsServerSource = true });
        Words.LogAliases.Add(new("bp", "our port towards the server", &BackendPort) { ReadsServerSource = true, Kind = LogValueKind.Code });
        Words.LogAliases.Add(new("si", "server address", &ServerAddress));
        Words.LogAliases.Add(new("sp", "server port", &ServerPort) { Kind = LogValueKind.Code });
    }

    private static int ClientAddress(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Address(scope.Client == null ? null : &scope.Client->Source, step.Flags, line);

    private static int ClientPort(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Port(ref scope, scope.Client == null ? null : &scope.Client->Source, step.Flags, line);

    private static int FrontendAddress(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Address(scope.Client == null ? null : &scope.Client->Destination, step.Flags, line);

    private static int FrontendPort(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Port(ref scope, scope.Client == null ? null : &scope.Client->Destination, step.Flags, line);

    private static int BackendAddress(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Address(ServerEnds.Source(ref scope), step.Flags, line);

    private static int BackendPort(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Port(ref scope, ServerEnds.Source(ref scope), step.Flags, line);

    private static int ServerAddress(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Address(ServerEnds.Destination(ref scope), step.Flags, line);

    private static int ServerPort(ref Evaluation scope, in LogStep step, Span<byte> line) =>
        Port(ref scope, ServerEnds.Destination(ref scope), step.Flags, line);

    private static int Address(SocketAddress* address, LogStepFlags flags, Span<byte> line)
    {
        if (address == null) return LogText.Missing(line, flags);
        ReadOnlySpan<byte> bytes = address->AddressBytes;
        if (bytes.IsEmpty)
        {
            return address->Family == AddressFamily.Unix
                ? LogText.Name(line, "unix"u8, flags)
                : LogText.Missing(line, flags);
        }
        if ((flags & LogStepFlags.Hexadecimal) != 0) return LogText.HexBytes(line, bytes);
        const LogStepFlags dressed = LogStepFlags.Quote | LogStepFlags.Escape;
        if ((flags & dressed) == 0 && line.Length >= LogText.ShortMax) return Write(line, bytes);
        Span<byte> text = stackalloc byte[LogText.ShortMax];
        return LogText.Name(line, text[..Write(text, bytes)], flags);
    }

    private static int Write(Span<byte> line, ReadOnlySpan<byte> bytes) =>
        bytes.Length == 4 ? WriteAddress.Ipv4(line, bytes) : WriteAddress.Ipv6(line, bytes);

    /// <summary>Of a unix socket the number of the listener is given, as the statistics number it.</summary>
    private static int Port(ref Evaluation scope, SocketAddress* address, LogStepFlags flags, Span<byte> line)
    {
        if (address == null || address->Family == AddressFamily.Unspecified) return LogText.Missing(line, flags);
        if (address->Family == AddressFamily.Unix) return LogText.Number(line, scope.Listener?.Id ?? 0);
        return (flags & LogStepFlags.Hexadecimal) != 0
            ? LogText.Hex(line, address->Port, 4)
            : LogText.Number(line, address->Port);
    }
}
