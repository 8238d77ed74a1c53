using System.Runtime.InteropServices;

namespace Engine.Data.Sticky;

/// <summary>What a session or stream tracks under one of its numbers (<c>track-sc0</c>): a held entry of a table.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct StickCounter
{
    /// <summary><see cref="StickTable.None"/>: nothing.</summary>
    public uint Row;

    /// <summary>The table's number.</summary>
    public int Table;

    public readonly bool IsSet => Row != StickTable.None;
}
