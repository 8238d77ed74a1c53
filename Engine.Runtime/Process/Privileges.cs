using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// Gives up what the process need not be able to do, once it has bound its sockets: the file system outside
/// <c>chroot</c>, the groups and the user it was started as. The calls act on every thread, the runtime's
/// too.
/// </summary>
public static unsafe class Privileges
{
    private const string Automatic = "auto";

    /// <summary>
    /// Does it all, in the one order that works. Null, or the text of the ALERT to leave with.
    /// </summary>
    public static string? Drop(in PrivilegeSettings settings)
    {
        if (settings.Chroot is { Length: > 0 } && settings.Chroot != "/") LazyParts.LoadAll();
        if (settings.Chroot is { Length: > 0 } root && !EnterJail(root))
            return $"[haproxy.main()] Cannot chroot({root}).";
        // Groups first: afterwards the user may no longer change them.
        if (settings.Gid >= 0)
        {
            // A user who is not root has nothing to drop; setgid tells whether that is a fault.
            _ = ProcessCalls.SetGroups(0, null);
            if (ProcessCalls.SetGroup((uint)settings.Gid) != 0)
                return Refused("gid", settings.Gid);
        }
        if (settings.Uid > 0) Capabilities.KeepOverUser(settings.Capabilities);
        if (settings.Uid >= 0 && ProcessCalls.SetUser((uint)settings.Uid) != 0)
            return Refused("uid", settings.Uid);
        if (ProcessCalls.EffectiveUser() != 0) return Capabilities.Use(settings.Capabilities);
        return null;
    }

    /// <summary>What is worth a WARNING about being root for good; none for others.</summary>
    public static string[] Warnings(in PrivilegeSettings settings)
    {
        if (ProcessCalls.EffectiveUser() != 0) return [];
        List<string> warnings = [];
        if (settings.Chroot is not { Length: > 0 })
        {
            warnings.Add(
                "[haproxy.main()] Started as root without 'chroot': whoever takes over this process sees the "
                + "whole file system. Use 'chroot auto', or 'chroot /' if this is intended.");
        }
        if (settings.Uid < 0)
        {
            warnings.Add(
                "[haproxy.main()] Started as root without 'user' or 'uid': the process stays root. Name an "
                + "unprivileged user, or 'uid 0' if this is intended.");
        }
        return [.. warnings];
    }

    /// <summary>Looks a name up in /etc/passwd.</summary>
    public static bool TryFindUser(string name, out int uid) => TryFind("/etc/passwd", name, out uid);

    /// <summary>Looks a name up in /etc/group.</summary>
    public static bool TryFindGroup(string name, out int gid) => TryFind("/etc/group", name, out gid);

    /// <summary>Lines of both files begin with <c>name:password:number:</c>.</summary>
    internal static bool TryFindIn(string text, string name, out int number)
    {
        number = -1;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            bool found = name.Length > 0 && line.StartsWith(name) && line[name.Length..].StartsWith(':');
            if (!found) continue;
            ReadOnlySpan<char> rest = line[(name.Length + 1)..];
            int colon = rest.IndexOf(':');
            if (colon < 0) continue;
            rest = rest[(colon + 1)..];
            int end = rest.IndexOf(':');
            return int.TryParse(
                end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        }
        return false;
    }

    private static bool TryFind(string file, string name, out int number)
    {
        number = -1;
        try
        {
            return TryFindIn(File.ReadAllText(file, Encoding.Latin1), name, out number);
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Refused(string what, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"[haproxy.main()] Cannot set {what} {number}.");

    private static bool EnterJail(string root)
    {
        // Where we are already, nobody needs to be root for it.
        if (root == "/") return ChangeDirectory("/");
        if (root == Automatic) return EnterNamelessJail();
        fixed (byte* path = NativeText.Terminated(root))
        {
            return ProcessCalls.ChangeDirectory(path) == 0
                && ProcessCalls.ChangeRoot(path) == 0
                && ChangeDirectory("/");
        }
    }

    /// <summary>An empty directory that has no name any more and that nobody may write to.</summary>
    private static bool EnterNamelessJail()
    {
        byte[] template = NativeText.Terminated(Path.Combine(Path.GetTempPath(), "sluice.XXXXXX"));
        fixed (byte* path = template)
        {
            if (ProcessCalls.MakeTemporaryDirectory(path) == null) return false;
            bool inside = ProcessCalls.ChangeDirectory(path) == 0;
            _ = ProcessCalls.ChangeMode(path, 0);
            _ = ProcessCalls.RemoveDirectory(path);
            return inside && ChangeRootHere() && ChangeDirectory("/");
        }
    }

    private static bool ChangeRootHere()
    {
        fixed (byte* here = ".\0"u8) return ProcessCalls.ChangeRoot(here) == 0;
    }

    private static bool ChangeDirectory(string target)
    {
        fixed (byte* path = NativeText.Terminated(target)) return ProcessCalls.ChangeDirectory(path) == 0;
    }
}
