using System.Collections.Generic;
using System.Text;
using Engine.Data.Tables;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>What contexts of bind lines and of servers have set alike.</summary>
internal static unsafe class SharedSettings
{
    /// <summary>Ciphers, curves and signature algorithms. Empty, or what the library does not know.</summary>
    public static string SetLists(nint handle, TlsLine line)
    {
        if (line.Ciphers is { } ciphers)
        {
            fixed (byte* start = Zeroed(ciphers))
                if (OpenSsl.ContextSetCiphers(handle, start) != 1)
                    return $"unable to set SSL cipher list to '{ciphers}' for {{0}}.";
        }
        if (line.Suites is { } suites)
        {
            fixed (byte* start = Zeroed(suites))
                if (OpenSsl.ContextSetSuites(handle, start) != 1)
                    return $"unable to set TLS 1.3 cipher suites to '{suites}' for {{0}}.";
        }
        if (!SetList(handle, LibraryConstants.Groups, line.Curves))
            return $"unable to set SSL curves list to '{line.Curves}' for {{0}}.";
        if (!SetList(handle, LibraryConstants.Signatures, line.Signatures))
            return $"unable to set SSL Signature Algorithm list to '{line.Signatures}' for {{0}}.";
        if (!SetList(handle, LibraryConstants.ClientSignatures, line.ClientSignatures))
            return $"unable to set SSL Signature Algorithm list to '{line.ClientSignatures}' for {{0}}.";
        return "";
    }

    /// <summary>The store that peers are verified against. Empty, or what is wrong.</summary>
    public static string SetAuthorities(TlsDrafts drafts, nint handle, string path, string? revocations)
    {
        if (path == AuthorityFile.System)
        {
            nint own = OpenSsl.ContextStore(handle);
            return OpenSsl.StoreSetDefaults(own) == 1 ? "" : "unable to load the system's CA certificates for {0}.";
        }
        AuthoritySet? authorities = AuthorityFile.Load(drafts, path, revocations: false, out _);
        if (authorities is null) return $"unable to set CA file '{path}' for {{0}}.";
        AuthoritySet? lists = revocations is null ? new AuthoritySet("", [])
            : AuthorityFile.Load(drafts, revocations, revocations: true, out _);
        if (lists is null) return $"unable to configure CRL file '{revocations}' for {{0}}.";
        OpenSsl.ContextSetStore(handle, AuthorityFile.MakeStore(authorities.Items, lists.Items));
        return "";
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
