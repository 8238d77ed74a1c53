using System;
using System.Collections.Generic;
using Engine.Data.Tls;
using Engine.Data.Worlds;
using Engine.Runtime.Admin;

namespace Engine.Runtime.Tls;

/// <summary>
/// Exchanges contexts under running listeners and servers. Everything is made before anything is exchanged: a fault
/// leaves all as it was, and connections under way end with what they began with.
/// </summary>
internal sealed unsafe class ExchangeContexts(TlsDrafts drafts)
{
    private readonly List<ContextPlan> plans = [];
    private readonly List<(TlsServerDraft Draft, nint Context)> servers = [];

    /// <summary>Contexts with a certificate, and of servers, that were made.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Makes the contexts of a bind line for other certificates, or for another policy. Empty, or what is wrong.
    /// </summary>
    public string Plan(TlsBindDraft bind, List<ListedCertificate> certificates, Func<TlsLine, bool> isStale)
    {
        ContextPlan plan = new(drafts, bind, []);
        plans.Add(plan);
        string error = plan.Make(certificates, isStale);
        Count += plan.MadeCount;
        return error.Replace("{0}", $"bind '{bind.Text}' at [{bind.File}:{bind.FileLine}]");
    }

    /// <summary>Makes the context of a server anew. Empty, or what is wrong.</summary>
    public string Plan(TlsServerDraft server)
    {
        nint context = BuildServers.MakeContext(drafts, server, server.Target!.Tls!, out string error);
        if (context == 0) return error;
        servers.Add((server, context));
        Count++;
        return "";
    }

    /// <summary>Exchanges what was made, and lets go what no thread can look at any more.</summary>
    public void Apply(AdminRequest request)
    {
        List<nint> retired = [];
        foreach (ContextPlan plan in plans)
            foreach (TlsIdentity old in plan.Apply()) retired.Add(old.Handle);
        foreach ((TlsServerDraft draft, nint context) in servers)
        {
            TlsServer target = draft.Target!.Tls!;
            retired.Add(target.Handle);
            target.Handle = context;
        }
        // Each thread has come by: none is between choosing a context and holding it.
        request.DoOnAll(ForgetSessions);
        foreach (nint context in retired) OpenSsl.ContextFree(context);
        StapleResponses.Prune(drafts);
    }

    /// <summary>Nothing is exchanged.</summary>
    public void Drop()
    {
        foreach (ContextPlan plan in plans) plan.Drop();
        foreach ((_, nint context) in servers) OpenSsl.ContextFree(context);
        StapleResponses.Prune(drafts);
    }

    /// <summary>A session with a server was made under the policy before: it is not offered again.</summary>
    private void ForgetSessions(World world)
    {
        if (world.Tls is not { } tls) return;
        foreach ((TlsServerDraft draft, _) in servers)
        {
            ref TlsSession kept = ref tls.Sessions[(uint)draft.Target!.Number];
            if (kept.Session != 0) OpenSsl.SessionFree(kept.Session);
            kept = default;
        }
    }
}
