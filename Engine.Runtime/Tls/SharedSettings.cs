using System;
using System.Collections.Generic;
using System.Text;
using Engine.Data.Tables;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Runtime.Tls;

/// <summary>What contexts of bind lines and of servers have set alike.</summary>
internal static unsafe class SharedSettings
{
    /// <summary>What all encrypted connections of the process have alike.</summary>
    public static void Fill(TlsSettings settings, TlsDrafts drafts)
    {
        settings.RecordMax = drafts.RecordLimit;
        settings.HelloSize = Math.Max(drafts.HelloSize, 0);
        settings.KeyUpdatesMax = drafts.KeyUpdatesMax;
        settings.KeepsSecrets = drafts.KeepsSecrets;
    }

    /// <summary>What of the library's work is watched.</summary>
    public static void Watch(nint handle, TlsDrafts drafts)
    {
        if (drafts.KeyUpdatesMax > 0)
        {
            delegate* unmanaged[Cdecl]<nint, int, int, void> note = &CountKeyUpdates.Note;
            OpenSslObjects.ContextSetInformation(handle, (nint)note);
        }
        if (!drafts.KeepsSecrets) return;
        delegate* unmanaged[Cdecl]<nint, byte*, void> keep = &KeepSecrets.Run;
        OpenSslObjects.ContextSetKeyLog(handle, (nint)keep);
    }

    /// <summary>Ciphers, curves and signature algorithms. Empty, or what the library does not know, a line each.</summary>
    public static string SetLists(nint handle, TlsLine line)
    {
        List<string> faults = [];
        if (line.Ciphers is { } ciphers)
        {
            fixed (byte* start = Zeroed(ciphers))
                if (OpenSsl.ContextSetCiphers(handle, start) != 1)
                    faults.Add($"unable to set SSL cipher list to '{ciphers}' for {{0}}.");
        }
        if (line.Suites is { } suites)
        {
            fixed (byte* start = Zeroed(suites))
                if (OpenSsl.ContextSetSuites(handle, start) != 1)
                    faults.Add($"unable to set TLS 1.3 cipher suites to '{suites}' for {{0}}.");
        }
        string curves = line.IsNamedCurve ? "elliptic named curve" : "SSL curves list";
        if (!SetList(handle, LibraryConstants.Groups, line.Curves))
            faults.Add($"unable to set {curves} to '{line.Curves}' for {{0}}.");
        if (!SetList(handle, LibraryConstants.Signatures, line.Signatures))
            faults.Add($"unable to set SSL Signature Algorithm list to '{line.Signatures}' for {{0}}.");
        if (!SetList(handle, LibraryConstants.ClientSignatures, line.ClientSignatures))
            faults.Add($"unable to set SSL Signature Algorithm list to '{line.ClientSignatures}' for {{0}}.");
        return string.Join('\n', faults);
    }

    /// <summary>
    /// The store that peers are verified against: the authorities of all files together. Empty, or what is wrong.
    /// </summary>
    public static string SetAuthorities(TlsDrafts drafts, nint handle, ReadOnlySpan<string?> paths, string? revocations)
    {
        List<nint> authorities = [];
        bool usesSystem = false;
        foreach (string? path in paths)
        {
            usesSystem |= path == AuthorityFile.System;
            if (path is null or AuthorityFile.System) continue;
            if (AuthorityFile.Load(drafts, path, revocations: false, out _) is not { } set)
                return $"unable to set CA file '{path}' for {{0}}.";
            authorities.AddRange(set.Items);
        }
        AuthoritySet? lists = revocations is null ? new AuthoritySet("", [])
            : AuthorityFile.Load(drafts, revocations, revocations: true, out _);
        if (lists is null) return $"unable to configure CRL file '{revocations}' for {{0}}.";
        nint store = AuthorityFile.MakeStore(authorities, lists.Items);
        OpenSsl.ContextSetStore(handle, store);
        return !usesSystem || OpenSsl.StoreSetDefaults(store) == 1 ? ""
            : "unable to load the system's CA certificates for {0}.";
    }

    /// <summary>A request for a client's certificate names the authorities that may have signed it.</summary>
    public static void TellAuthorities(TlsDrafts drafts, nint handle, string path)
    {
        if (path == AuthorityFile.System) return;
        foreach (nint authority in AuthorityFile.Load(drafts, path, revocations: false, out _)?.Items ?? [])
            _ = OpenSsl.ContextAddCa(handle, authority);
    }

    /// <summary>The errors that a line overlooks, in native memory; null when there are none.</summary>
    public static TlsIgnored* Ignored(TlsLine line)
    {
        if (line.CaIgnored is null && line.CrtIgnored is null) return null;
        TlsIgnored* ignored = (TlsIgnored*)NativeRegion.Reserve((nuint)sizeof(TlsIgnored));
        for (int i = 0; i < TlsIgnored.NumbersMax / 64; i++)
        {
            ignored->Authority[i] = line.CaIgnored?[i] ?? 0;
            ignored->Peer[i] = line.CrtIgnored?[i] ?? 0;
        }
        return ignored;
    }

    private static bool SetList(nint handle, int command, string? list)
    {
        if (list is null) return true;
        fixed (byte* start = Zeroed(list)) return OpenSsl.ContextControl(handle, command, 0, (nint)start) == 1;
    }

    /// <summary>The text as the library reads it: ended by a zero byte.</summary>
    internal static byte[] Zeroed(string text) => Encoding.Latin1.GetBytes(text + "\0");
}
