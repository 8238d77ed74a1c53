using Engine.Runtime.Process.Native;

namespace Engine.Runtime.Process;

/// <summary>
/// <c>setcap</c> (manual section 3.1): what of root's rights stays with a user who is not. The calls act on the calling
/// thread; the threads that work are started by it afterwards and have the same.
/// </summary>
internal static unsafe class Capabilities
{
    private const int KeepCapabilities = 8; // PR_SET_KEEPCAPS

    /// <summary>Those that may be named, with their numbers.</summary>
    private static readonly (string Name, int Number)[] Known =
        [("cap_net_raw", 13), ("cap_net_admin", 12), ("cap_net_bind_service", 10), ("cap_sys_admin", 21)];

    /// <summary>The bit of a name; 0: it is none of them.</summary>
    public static ulong BitOf(string name)
    {
        foreach ((string known, int number) in Known)
        {
            if (known == name) return 1ul << number;
        }
        return 0;
    }

    /// <summary>Before the user changes: what is permitted stays so.</summary>
    public static void KeepOverUser(ulong capabilities)
    {
        if (capabilities != 0) _ = ProcessCalls.ProcessControl(KeepCapabilities, 1, 0, 0, 0);
    }

    /// <summary>
    /// Afterwards, or when the process was not root at all and its program has them: these are in use, and no others. Null,
    /// or the text of the ALERT.
    /// </summary>
    public static string? Use(ulong capabilities)
    {
        if (capabilities == 0) return null;
        CapabilityHeader header = new() { Version = CapabilityHeader.Version3 };
        CapabilitySets sets;
        if (ProcessCalls.GetCapabilities(&header, &sets) != 0) return Failed("read");
        uint wanted = (uint)capabilities;
        if ((sets.Permitted & wanted) != wanted) return null; // as the reference: it may do without
        sets.Effective = wanted;
        sets.Permitted = wanted;
        sets.EffectiveHigh = 0;
        sets.PermittedHigh = 0;
        return ProcessCalls.SetCapabilities(&header, &sets) == 0 ? null : Failed("set");
    }

    private static string Failed(string what) =>
        $"[haproxy.main()] Cannot {what} the capabilities: {SystemErrors.Text(ProcessCalls.LastError)}.";
}
