using System;

namespace Engine.Data.Messages;

[Flags]
public enum FieldFlags : byte
{
    None = 0,

    /// <summary>Removed by a rule, or hop-by-hop.</summary>
    Removed = 1,

    /// <summary>
    /// Name, colon, one space, value, CR and LF stand in memory exactly as they are to be written, so that
    /// neighbouring lines go out in one copy. Whoever changes name or value clears it.
    /// </summary>
    Canonical = 2,
}
