namespace Engine.Data.Sticky;

/// <summary>How a datum of an entry is kept.</summary>
public enum StickDataKind : byte
{
    /// <summary>32 bits with a sign.</summary>
    Signed = 0,

    /// <summary>32 bits.</summary>
    Counter,

    /// <summary>64 bits.</summary>
    LongCounter,

    /// <summary>A <see cref="StickRate"/>, 12 bytes.</summary>
    Rate,

    /// <summary>The number of a text in <see cref="StickTexts"/>, 32 bits.</summary>
    Text,
}
