using System;
using Engine.Data.Connections;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Systems.Logs;

namespace Engine.Systems.Tls;

/// <summary>Tells of a client whose handshake failed, with the library's reason where there is one.</summary>
internal static unsafe class LogHandshakeFault
{
    private const int TextMax = 512;
    private const int LibraryTextMax = 256;

    public static void Run(World world, uint row, ref Connection connection, ref TlsState state)
    {
        bool saidNothing = state.Fault is TlsFault.Closed or TlsFault.TimedOut or TlsFault.Aborted;
        Span<byte> text = stackalloc byte[TextMax];
        int length = LogText.Copy(text, FaultTexts.TextOf(state.Fault));
        if (state.LibraryError != 0 && state.Fault == TlsFault.Handshake)
        {
            byte* library = stackalloc byte[LibraryTextMax];
            OpenSsl.ErrorText(state.LibraryError, library, LibraryTextMax);
            ReadOnlySpan<byte> whole = new(library, LibraryTextMax);
            length += LogText.Copy(text[length..], " ("u8);
            length += LogText.Copy(text[length..], whole[..Math.Max(0, whole.IndexOf((byte)0))]);
            length += LogText.Copy(text[length..], ")"u8);
        }
        LogRefusedClient.Run(world, row, ref connection, text[..length], saidNothing);
    }
}
