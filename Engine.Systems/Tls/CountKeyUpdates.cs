using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;
using Engine.Data.Worlds;

namespace Engine.Systems.Tls;

/// <summary>
/// Ends connections whose peer changes its keys more often than <c>tune.ssl.keyupdate-rate-limit</c> allows (manual
/// section 3.2): a few bytes of a peer's cost a derivation of keys each, and nobody needs many. The library tells the
/// steps of its handshakes, of which a change of keys is one, and nothing of other records, so that those cost nothing.
/// </summary>
public static unsafe class CountKeyUpdates
{
    private const long WindowNanoseconds = 1_000_000_000;

    /// <summary>TLS_ST_SR_KEY_UPDATE and TLS_ST_CR_KEY_UPDATE: a server, or a client, has read a KeyUpdate.</summary>
    private const int ServerReadUpdate = 44;

    private const int ClientReadUpdate = 45;

    /// <summary>SSL_CB_LOOP.</summary>
    private const int Loop = 1;

    /// <summary>Information function. At the limit the library gets nothing more to read.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static void Note(nint ssl, int where, int result)
    {
        if ((where & Loop) == 0 || OpenSslObjects.SslStateNumber(ssl) is not (ServerReadUpdate or ClientReadUpdate)) return;
        TlsState* state = (TlsState*)OpenSsl.SslExtra(ssl, OpenSsl.StateIndex);
        if (state == null || --state->KeyUpdatesLeft >= 0) return;
        state->Flags |= TlsFlags.Fatal | TlsFlags.KeyFlood;
        TlsPort* port = (TlsPort*)OpenSsl.BioData(OpenSslObjects.SslInput(ssl));
        port->InputCount = port->InputAt;
    }

    /// <summary>Before records are read: what was spent longer than a second ago counts no more.</summary>
    public static void Refill(World world, ref TlsState state)
    {
        int limit = world.Configuration.Tls!.KeyUpdatesMax;
        if (state.KeyUpdatesLeft == limit || world.NowNanoseconds - state.KeyUpdatesNanoseconds < WindowNanoseconds) return;
        state.KeyUpdatesLeft = limit;
        state.KeyUpdatesNanoseconds = world.NowNanoseconds;
    }
}
