namespace Engine.Data.Configuration;

/// <summary>Why a time or a size could not be read.</summary>
public enum UnitFault : byte
{
    None = 0,
    BadCharacter,
    Overflow,

    /// <summary>Not zero, but below one of the unit asked for.</summary>
    Underflow,

    /// <summary>Something stands behind the unit: the value before it counts, with a warning.</summary>
    Surplus,
}
