using System.Runtime.InteropServices;

namespace Engine.Data.Health;

/// <summary>How busy a thread is, for those who might hand it a check; written by its thread, read by all.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct CheckLoad
{
    /// <summary>Checks under way there, those handed to it and not begun included; changed by atomics.</summary>
    public int Running;

    /// <summary>Rows on its work lists when it looked at its checks last.</summary>
    public int Work;
}
