using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Runtime.Tls;

/// <summary>Makes the library's context of one certificate under the policy of its bind line.</summary>
internal static unsafe class MakeBindIdentity
{
    private const int DhBitsUsual = 2048;

    /// <summary>Null and what is wrong, with {0} for how messages name the line.</summary>
    public static TlsIdentity? Run(
        TlsDrafts drafts, TlsBindDraft bind, CertificateFile? file, TlsLine line, List<string> warnings, out string error)
    {
        nint handle = OpenSsl.ContextNew(OpenSsl.ServerMethod());
        TlsIdentity context = new() { Handle = handle, Source = file?.Name ?? "" };
        // The context keeps it: both go with the context's last connection.
        nint owner = GCHandle.ToIntPtr(GCHandle.Alloc(context));
        _ = OpenSslObjects.ContextSetExtra(handle, OpenSslObjects.IdentityIndex, owner);
        error = SetVersions(context, line, warnings);
        if (error.Length == 0 && file is not null) error = SetCertificate(handle, file, drafts);
        if (error.Length == 0)
        {
            string[] faults = [SetVerification(drafts, bind, context, line), SharedSettings.SetLists(handle, line)];
            error = string.Join('\n', faults).Trim('\n');
        }
        if (error.Length > 0)
        {
            OpenSsl.ErrorsClear();
            OpenSsl.ContextFree(handle);
            return null;
        }
        if (file is not null) context.Key = file.Kind;
        if (line.Early) context.EarlyMax = bind.EarlyMax;
        // Tickets stay good for early data more than once, as the manual says of allow-0rtt.
        ulong options = LibraryConstants.Common | LibraryConstants.NoRenegotiation | LibraryConstants.ReplayUnchecked;
        if (drafts.CompressesCertificates) options &= ~LibraryConstants.NoCertificateCompression;
        if (line.Tickets == false) options |= LibraryConstants.NoTicket;
        if (!line.PrefersClientCiphers) options |= LibraryConstants.ServerPreference;
        _ = OpenSsl.ContextSetOptions(handle, options);
        _ = OpenSsl.ContextControl(handle, LibraryConstants.ControlMode, LibraryConstants.Modes, 0);
        if (drafts.SecurityLevel >= 0) OpenSsl.ContextSetSecurityLevel(handle, drafts.SecurityLevel);
        SetSessions(context, drafts, bind, file, line);
        SetFunctions(context, bind, line, owner, captures: drafts.HelloSize > 0);
        SharedSettings.Watch(handle, drafts);
        if (bind.TicketKeys is { } keys && !TicketKeys.Set(context, keys)) error = "unable to set ticket keys for {0}.";
        if (file is not null) StapleResponses.Attach(drafts, context, file);
        if (file?.Timestamps is { } timestamps) SendTimestamps.Attach(context, timestamps);
        OpenSsl.ErrorsClear();
        return error.Length == 0 ? context : null;
    }

    private static string SetVersions(TlsIdentity context, TlsLine line, List<string> warnings)
    {
        bool any = line.Versions.Resolve(isBind: true, out int low, out int high, out ulong holes, out string warning);
        if (warning.Length > 0) warnings.Add(warning);
        if (!any) return "all SSL/TLS versions are disabled for {0}.";
        context.VersionMin = VersionRange.Wire(low);
        context.VersionMax = VersionRange.Wire(high);
        _ = OpenSsl.ContextControl(context.Handle, LibraryConstants.VersionMin, context.VersionMin, 0);
        _ = OpenSsl.ContextControl(context.Handle, LibraryConstants.VersionMax, context.VersionMax, 0);
        _ = OpenSsl.ContextSetOptions(context.Handle, holes);
        return "";
    }

    /// <summary>Certificate, chain, key and parameters. Empty, or what the library refuses.</summary>
    public static string SetCertificate(nint handle, CertificateFile file, TlsDrafts drafts)
    {
        if (OpenSsl.ContextSetCertificate(handle, file.Certificate) != 1)
            return $"unable to load SSL certificate into SSL Context '{file.Name}': {TlsLibrary.TakeReason("unknown")}.";
        if (OpenSsl.ContextSetKey(handle, file.Key) != 1)
            return $"unable to load SSL private key into SSL Context '{file.Name}': {TlsLibrary.TakeReason("unknown")}.";
        file.Shared = file.Chain.Count == 0 ? drafts.Issuers.Find(file.Certificate) : null;
        foreach (nint certificate in file.Shared?.Items ?? file.Chain)
        {
            if (drafts.SkipsSelfIssued && OpenSsl.CertificateIssued(certificate, certificate) == 0) continue;
            _ = OpenSsl.ContextControl(handle, LibraryConstants.ChainAdd, 1, certificate);
        }
        nint parameters = file.DhParameters != 0 ? file.DhParameters : drafts.DhParameters;
        if (parameters != 0)
        {
            _ = OpenSsl.KeyUpRef(parameters);
            if (OpenSsl.ContextSetDh(handle, parameters) != 1) OpenSsl.KeyFree(parameters);
        }
        else if (drafts.DhBits > 0)
        {
            SetDh(handle, file, drafts.DhBits);
        }
        return "";
    }

    /// <summary>Parameters as long as the key, <c>tune.ssl.default-dh-param</c> bits at most.</summary>
    private static void SetDh(nint handle, CertificateFile file, int bitsMax)
    {
        bool hasLongKey = file.Kind is TlsKeyKind.Rsa or TlsKeyKind.Dsa;
        nint parameters = DhGroup.Make(Math.Min(bitsMax, hasLongKey ? OpenSsl.KeyBits(file.Key) : DhBitsUsual));
        if (parameters != 0 && OpenSsl.ContextSetDh(handle, parameters) != 1) OpenSsl.KeyFree(parameters);
    }

    private static string SetVerification(TlsDrafts drafts, TlsBindDraft bind, TlsIdentity context, TlsLine line)
    {
        context.VerifyMode = Math.Max(line.Verify, 0);
        if (context.VerifyMode == 0) return "";
        if ((line.CaFile ?? line.CaVerifyFile) is null) return "verify is enabled but no CA file specified for {0}.";
        string error = SharedSettings.SetAuthorities(
            drafts, context.Handle, [line.CaFile, line.CaVerifyFile], line.CrlFile);
        if (error.Length > 0) return error;
        if (line.CaFile is { } named && !line.HidesCaNames) SharedSettings.TellAuthorities(drafts, context.Handle, named);
        OpenSsl.ContextSetVerify(
            context.Handle, context.VerifyMode, (nint)(delegate* unmanaged[Cdecl]<int, nint, int>)&VerifyPeer.Run);
        if (bind.Ignored == null) bind.Ignored = SharedSettings.Ignored(bind.Line);
        context.Ignored = bind.Ignored;
        return "";
    }

    /// <summary>
    /// Sessions and tickets are good only where the same certificate is served under the same policy
    /// (THREATS.md D1): the
    /// identifier is made of both.
    /// </summary>
    private static void SetSessions(
        TlsIdentity context, TlsDrafts drafts, TlsBindDraft bind, CertificateFile? file, TlsLine line)
    {
        nint handle = context.Handle;
        StringBuilder policy = new();
        policy.Append(bind.Text).Append('\n').Append(file?.Name).Append('\n').Append(Math.Max(line.Verify, 0));
        Append(policy, drafts.Authorities, line.CaFile);
        Append(policy, drafts.Authorities, line.CaVerifyFile);
        Append(policy, drafts.Revocations, line.CrlFile);
        context.SessionScope = policy.ToString();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(context.SessionScope), hash);
        fixed (byte* start = hash) _ = OpenSsl.ContextSetSessionId(handle, start, SHA256.HashSizeInBytes);
        int mode = drafts.CacheSize == 0 ? LibraryConstants.CacheOff
            : LibraryConstants.CacheServer | LibraryConstants.CacheNoInternal;
        _ = OpenSsl.ContextControl(handle, LibraryConstants.SessionCacheMode, mode, 0);
        if (drafts.CacheSize > 0) UseCache(handle, drafts.CacheSize);
        _ = OpenSsl.ContextSetTimeout(handle, drafts.LifetimeSeconds);
    }

    /// <summary>What a file holds is part of the policy, as long as it is that.</summary>
    private static void Append(StringBuilder policy, SortedDictionary<string, AuthoritySet> sets, string? path)
    {
        policy.Append('\n').Append(path);
        if (path is not null && sets.TryGetValue(path, out AuthoritySet? set)) policy.Append('\n').Append(set.Version);
    }

    private static void UseCache(nint handle, int sessions)
    {
        SessionCache.Prepare(sessions);
        delegate* unmanaged[Cdecl]<nint, nint, int> keep = &SessionCache.Keep;
        delegate* unmanaged[Cdecl]<nint, byte*, int, int*, nint> find = &SessionCache.Find;
        delegate* unmanaged[Cdecl]<nint, nint, void> forget = &SessionCache.Forget;
        OpenSsl.ContextSetNewSession(handle, (nint)keep);
        OpenSsl.ContextSetGetSession(handle, (nint)find);
        OpenSsl.ContextSetRemoveSession(handle, (nint)forget);
    }

    private static void SetFunctions(
        TlsIdentity context, TlsBindDraft bind, TlsLine line, nint owner, bool captures)
    {
        delegate* unmanaged[Cdecl]<nint, int*, nint, int> hello = &ChooseCertificate.Run;
        OpenSsl.ContextSetHello(context.Handle, (nint)hello, GCHandle.ToIntPtr(bind.Owner));
        delegate* unmanaged[Cdecl]<nint, int*, nint, int> name = &AckServerName.Run;
        _ = OpenSslObjects.ContextCallback(context.Handle, LibraryConstants.SetNameFunction, (nint)name);
        if (captures)
        {
            delegate* unmanaged[Cdecl]<int, int, int, byte*, nuint, nint, nint, void> capture = &CaptureHello.Run;
            OpenSslObjects.ContextSetMessage(context.Handle, (nint)capture);
        }
        if (line.NextProtocols is { } next && Alpn.Offered(next) is { Count: > 0 } names)
        {
            delegate* unmanaged[Cdecl]<nint, byte**, uint*, nint, int> offer = &NextProtocol.Offer;
            OpenSslObjects.ContextSetNextOffered(context.Handle, (nint)offer, NextProtocol.Keep(Alpn.Encode(names)));
        }
        // Who says npn alone offers nothing by ALPN.
        string protocols = line.Protocols ?? (line.NextProtocols is null ? bind.DefaultProtocols : "");
        context.Protocols = Alpn.Encode(Alpn.Offered(protocols));
        if (context.Protocols.IsEmpty) return;
        delegate* unmanaged[Cdecl]<nint, byte**, byte*, byte*, uint, nint, int> choose = &ChooseProtocol.Run;
        OpenSsl.ContextSetAlpnChoice(context.Handle, (nint)choose, owner);
    }
}
