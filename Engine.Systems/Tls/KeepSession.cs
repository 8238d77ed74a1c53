using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Connections;
using Engine.Data.Tls;
using Engine.Data.Worlds;

namespace Engine.Systems.Tls;

/// <summary>
/// Keeps the newest session of each server, so that the next handshake with it is a short one.
/// </summary>
public static unsafe class KeepSession
{
    /// <summary>New session function: 1 says that the session is held from now on.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(nint ssl, nint session)
    {
        TlsState* state = (TlsState*)OpenSsl.SslExtra(ssl, OpenSsl.StateIndex);
        if (state == null) return 0;
        if (state->Session != 0) OpenSsl.SessionFree(state->Session);
        state->Session = session;
        return 1;
    }

    /// <summary>A session that came on a connection becomes its server's.</summary>
    public static void Take(World world, ref Connection connection, ref TlsState state)
    {
        ref TlsSession kept = ref world.Tls!.Sessions[(uint)connection.Owner];
        if (kept.Session != 0) OpenSsl.SessionFree(kept.Session);
        kept.Session = state.Session;
        kept.NameHash = state.NameHash;
        state.Session = 0;
    }

    /// <summary>Offers the server's session in the handshake that begins.</summary>
    public static void Offer(World world, ref Connection connection, ref TlsState state)
    {
        ref TlsSession kept = ref world.Tls!.Sessions[(uint)connection.Owner];
        if (kept.Session != 0 && kept.NameHash == state.NameHash)
            _ = OpenSsl.SslSetSession(state.Ssl, kept.Session);
    }
}
