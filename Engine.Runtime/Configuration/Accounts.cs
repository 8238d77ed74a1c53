using System.Runtime.InteropServices;

namespace Engine.Runtime.Configuration;

/// <summary>Users and groups by name, from the system's databases.</summary>
internal static unsafe partial class Accounts
{
    /// <summary>The user's number; null when there is no such user.</summary>
    public static int? FindUser(string name)
    {
        PasswordEntry* entry = GetUser(ConfigurationText.ToSystem(name));
        return entry == null ? null : (int)entry->Uid;
    }

    /// <summary>The group's number; null when there is no such group.</summary>
    public static int? FindGroup(string name)
    {
        GroupEntry* entry = GetGroup(ConfigurationText.ToSystem(name));
        return entry == null ? null : (int)entry->Gid;
    }

    [LibraryImport("libc", EntryPoint = "getpwnam", StringMarshalling = StringMarshalling.Utf8)]
    private static partial PasswordEntry* GetUser(string name);

    [LibraryImport("libc", EntryPoint = "getgrnam", StringMarshalling = StringMarshalling.Utf8)]
    private static partial GroupEntry* GetGroup(string name);

    [StructLayout(LayoutKind.Sequential)]
    private struct PasswordEntry
    {
        public byte* Name;
        public byte* Password;
        public uint Uid;
        public uint Gid;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct GroupEntry
    {
        public byte* Name;
        public byte* Password;
        public uint Gid;
    }
}
