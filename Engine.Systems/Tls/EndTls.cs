using System.Threading;
using Engine.Data.Connections;
using Engine.Data.Tls;
using Engine.Data.Worlds;

namespace Engine.Systems.Tls;

/// <summary>Takes the library's object from a connection that is being closed.</summary>
public static class EndTls
{
    public static unsafe void Run(World world, uint row, ref Connection connection)
    {
        ref TlsState state = ref world.Tls!.States[row];
        state.Wire.Clear(world.Buffers);
        if (state.Ssl == 0) return;
        // A session is as good after a close without close_notify: only a fatal error spoils it.
        bool spoilt = (state.Flags & (TlsFlags.Fatal | TlsFlags.EarlyOpen)) != 0
            || (connection.Flags & ConnectionFlags.Handshaking) != 0;
        if (!spoilt) OpenSsl.SslSetShutdown(state.Ssl, LibraryNumbers.ShutBoth);
        OpenSsl.SslFree(state.Ssl);
        if ((connection.Flags & ConnectionFlags.ServerSide) != 0)
            Interlocked.Decrement(ref world.Shared.Process.TlsConnections);
        if (state.Session != 0) OpenSsl.SessionFree(state.Session);
        if (state.Refused != 0) OpenSsl.CertificateFree(state.Refused);
        state.Session = 0;
        state.Refused = 0;
        state.Ssl = 0;
        connection.Flags &= ~(ConnectionFlags.Handshaking);
    }
}
