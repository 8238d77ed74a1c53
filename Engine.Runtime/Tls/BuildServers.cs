using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tls;
using Engine.Systems.Samples;
using Engine.Systems.Tls;

namespace Engine.Runtime.Tls;

/// <summary>Makes the contexts of encrypted servers once all files are read.</summary>
internal static unsafe class BuildServers
{
    private const string AutomaticName = "req.hdr(host),field(1,:)";

    [ModuleInitializer]
    internal static void Register() => Words.ProxyChecks.Add(new("TLS of servers", 910, &Run));

    private static void Run(ConfigurationDraft draft, ProxyDraft proxy)
    {
        foreach (ServerDraft server in proxy.Servers)
        {
            CheckSettings check = server.Target.Check;
            bool asked = System.Array.Exists(check.Program.Steps, static step => step.Encrypts);
            TlsServerDraft? found = server.Parts.Find<TlsServerDraft>();
            if (found is null && !asked) continue;
            TlsServerDraft tls = found ?? server.Parts.Get<TlsServerDraft>();
            bool sameTarget = check.Port == 0 && check.Address.Family == AddressFamily.Unspecified;
            // The checks of a server that is added later are encrypted only where its line says so.
            check.Encrypted = tls.ChecksEncrypted ?? (tls.IsOn && sameTarget && !server.Target.IsAdded);
            if (tls.HasFaults || (!tls.IsOn && !tls.IsReady && !check.Encrypted && !asked)) continue;
            TlsDrafts drafts = draft.Parts.Get<TlsDrafts>();
            string error = Build(draft, drafts, proxy, server, tls);
            if (error.Length == 0) continue;
            Server target = server.Target;
            draft.Diagnostics.AlertBare(
                $"[{target.File}:{target.Line}] : 'server {proxy.Name}/{target.Name}' : {error}");
        }
    }

    private static string Build(
        ConfigurationDraft draft, TlsDrafts drafts, ProxyDraft proxy, ServerDraft server, TlsServerDraft tls)
    {
        TlsLine line = tls.Line;
        BuildBinds.InheritDefaults(line, tls.Defaults ?? drafts.ServerDefaults);
        TlsServer target = new() { ReusesSessions = tls.ReusesSessions };
        if (ParseName(draft, proxy, server, tls, target) is { Length: > 0 } refused) return refused;
        if (LoadCertificate(drafts, tls) is { Length: > 0 } unread) return unread;
        tls.Place = $"server '{server.Target.Name}'";
        tls.Backend = proxy.Name;
        tls.Section = (proxy.Target.Capabilities & ProxyCapabilities.Frontend) != 0 ? "proxy" : "backend";
        nint handle = MakeContext(drafts, tls, target, out string error);
        if (handle == 0) return error;
        target.Handle = handle;
        if (tls.CheckName is { } checkName) target.CheckName = ByteView.Literal(SharedSettings.Zeroed(checkName));
        if (tls.VerifyHost is { } host) target.VerifyHost = ByteView.Literal(SharedSettings.Zeroed(host));
        target.ForTraffic = tls.IsOn;
        // A server that speaks both may not know WebSockets over HTTP/2.
        if (server.Target.WebSocketsByOffer && tls.IsOn && line.Protocols is { } offered && Alpn.Offered(offered).Contains("http/1.1"))
            server.Target.WebSockets = WireProtocol.Http1;
        server.Target.Tls = target;
        SharedSettings.Fill(draft.Target.Tls!, drafts);
        tls.Target = server.Target;
        drafts.Servers.Add(tls);
        return "";
    }

    /// <summary>Makes the library's context of a server. 0, and what is wrong.</summary>
    public static nint MakeContext(TlsDrafts drafts, TlsServerDraft tls, TlsServer target, out string error)
    {
        nint handle = OpenSsl.ContextNew(OpenSsl.ClientMethod());
        error = Fill(drafts, tls, target, handle);
        OpenSsl.ErrorsClear();
        if (error.Length == 0) return handle;
        OpenSsl.ContextFree(handle);
        return 0;
    }

    private static string Fill(TlsDrafts drafts, TlsServerDraft tls, TlsServer target, nint handle)
    {
        TlsLine line = tls.Line;
        if (!line.Versions.Resolve(isBind: false, out int low, out int high, out ulong holes, out _))
            return $"{tls.Section} '{tls.Backend}': all SSL/TLS versions are disabled for {tls.Place}.";
        if (line.Versions.Min >= 0 || line.Versions.Max >= 0 || line.Versions.Excluded != 0)
        {
            _ = OpenSsl.ContextControl(handle, LibraryConstants.VersionMin, VersionRange.Wire(low), 0);
            _ = OpenSsl.ContextControl(handle, LibraryConstants.VersionMax, VersionRange.Wire(high), 0);
        }
        string error = SharedSettings.SetLists(handle, line);
        if (error.Length > 0)
        {
            return error.Contains("cipher", System.StringComparison.Ordinal)
                ? error.Replace(" for {0}.", ".")
                : $"Proxy '{tls.Backend}': {error.Replace("{0}", tls.Place)}";
        }
        error = SetVerification(drafts, tls, target, handle);
        if (error.Length > 0) return error;
        if (tls.Certificate is { } file)
        {
            error = MakeBindIdentity.SetCertificate(handle, file, drafts);
            if (error.Length > 0) return error;
        }
        ulong options = LibraryConstants.Common | holes;
        if (drafts.CompressesCertificates) options &= ~LibraryConstants.NoCertificateCompression;
        if (!tls.Renegotiates) options |= LibraryConstants.NoRenegotiation;
        if (line.Tickets == false) options |= LibraryConstants.NoTicket;
        _ = OpenSsl.ContextSetOptions(handle, options);
        _ = OpenSsl.ContextControl(handle, LibraryConstants.ControlMode, LibraryConstants.Modes, 0);
        SharedSettings.Watch(handle, drafts);
        SetSessions(target, handle);
        SetProtocols(handle, line);
        return "";
    }

    /// <summary>A file, or a name of a store. Empty, or what is wrong.</summary>
    private static string LoadCertificate(TlsDrafts drafts, TlsServerDraft tls)
    {
        if (tls.CertificatePath is not { } path) return "";
        if (!drafts.Certificates.TryGetValue(path, out CertificateFile? file))
        {
            if (System.IO.Directory.Exists(path))
                return $"unable to stat SSL certificate from file '{path}' : No such file or directory.";
            file = CertificateLoader.Load(drafts, path, out string error);
            if (file is null) return error;
            drafts.Certificates.Add(path, file);
        }
        tls.Certificate = file;
        return "";
    }

    private static string ParseName(
        ConfigurationDraft draft, ProxyDraft proxy, ServerDraft server, TlsServerDraft tls, TlsServer target)
    {
        string? text = tls.Name;
        if (text is null && tls.NamesItself && proxy.Target.Mode == ProxyMode.Http) text = AutomaticName;
        if (text is null) return "";
        ParsePlace place = new(draft, proxy, server.Target.File, server.Target.Line, SamplePlaces.Request);
        target.Name = ParseExpression.Run(place, text, out string error);
        return target.Name is not null ? ""
            : $"error detected while parsing sni or pool-conn-name expressions : {error}.";
    }

    private static string SetVerification(TlsDrafts drafts, TlsServerDraft tls, TlsServer target, nint handle)
    {
        bool verifies = tls.Line.Verify == LibraryConstants.VerifyRequired
            || (tls.Line.Verify < 0 && !drafts.ServersUnverified);
        if (!verifies) return "";
        if (tls.Line.CaFile is not { } authorities)
        {
            if (drafts.ServersUnverified) return "verify is enabled but no CA file specified.";
            return "verify is enabled by default but no CA file specified. If you're running on a LAN where you're "
                + "certain to trust the server's certificate, please set an explicit 'verify none' statement on the "
                + "'server' line, or use 'ssl-server-verify none' in the global section to disable server-side "
                + "verifications by default.";
        }
        string error = SharedSettings.SetAuthorities(drafts, handle, [authorities], tls.Line.CrlFile);
        if (error.Length > 0) return error.Replace(" for {0}", "");
        target.Verifies = true;
        OpenSsl.ContextSetVerify(
            handle, LibraryConstants.VerifyPeer, (nint)(delegate* unmanaged[Cdecl]<int, nint, int>)&VerifyPeer.Run);
        return "";
    }

    private static void SetSessions(TlsServer target, nint handle)
    {
        int mode = target.ReusesSessions
            ? LibraryConstants.CacheClient | LibraryConstants.CacheNoInternalStore
            : LibraryConstants.CacheOff;
        _ = OpenSsl.ContextControl(handle, LibraryConstants.SessionCacheMode, mode, 0);
        if (!target.ReusesSessions) return;
        delegate* unmanaged[Cdecl]<nint, nint, int> keep = &KeepSession.Run;
        OpenSsl.ContextSetNewSession(handle, (nint)keep);
    }

    private static void SetProtocols(nint handle, TlsLine line)
    {
        if (line.NextProtocols is { } next && Alpn.Offered(next) is { Count: > 0 } names)
        {
            delegate* unmanaged[Cdecl]<nint, byte**, byte*, byte*, uint, nint, int> choose = &NextProtocol.Choose;
            OpenSslObjects.ContextSetNextChoice(handle, (nint)choose, NextProtocol.Keep(Alpn.Encode(names)));
        }
        if (line.Protocols is null) return;
        ByteView wire = Alpn.Encode(Alpn.Offered(line.Protocols));
        if (!wire.IsEmpty) _ = OpenSsl.ContextSetAlpn(handle, wire.Start, (uint)wire.Length);
    }
}
