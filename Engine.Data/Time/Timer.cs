namespace Engine.Data.Time;

/// <summary>
/// A row's place in the timer wheel and when it is really due. 16 bytes. The deadline may be moved later without
/// touching the wheel: when the wheel reaches the old place it looks at the deadline and puts the row back.
/// </summary>
public struct Timer
{
    /// <summary>Neighbours in the wheel's slot, as timer numbers; 0 when not in the wheel.</summary>
    public uint Next;

    public uint Previous;

    /// <summary>Due at this millisecond of the wheel's clock; 0 means never.</summary>
    public uint Due;

    /// <summary>The millisecond the wheel has it under; 0 when not in the wheel.</summary>
    public uint Placed;
}
