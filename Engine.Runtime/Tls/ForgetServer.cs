using Engine.Data.Configuration;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Runtime.Admin;

namespace Engine.Runtime.Tls;

/// <summary>Lets go what a server that is deleted has of the library, once no thread can begin a connection to it.</summary>
internal static unsafe class ForgetServer
{
    public static void Run(AdminRequest request, Server server)
    {
        if (server.Tls is not { } tls || request.Services.Configuration.Parts.Find<TlsDrafts>() is not { } drafts) return;
        // Its number goes to another server, whose sessions these are not.
        request.DoOnAll(world => ForgetSession(world, server.Number));
        drafts.Servers.RemoveAll(draft => draft.Target == server);
        OpenSsl.ContextFree(tls.Handle);
    }

    private static void ForgetSession(World world, int number)
    {
        if (world.Tls is null) return;
        ref TlsSession kept = ref world.Tls.Sessions[(uint)number];
        if (kept.Session != 0) OpenSsl.SessionFree(kept.Session);
        kept = default;
    }
}
