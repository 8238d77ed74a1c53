namespace Engine.Runtime.Process;

/// <summary>What the configuration asks to give up. Names have been resolved to numbers by then.</summary>
/// <param name="Chroot">A directory, <c>auto</c> for an empty nameless one, null for none.</param>
/// <param name="Uid">-1: not given.</param>
/// <param name="Gid">-1: not given.</param>
/// <param name="Capabilities"><c>setcap</c>: the numbers of those to keep, as bits.</param>
public readonly record struct PrivilegeSettings(string? Chroot, int Uid, int Gid, ulong Capabilities = 0);
