using System;

namespace Engine.Systems.Samples.Converters;

/// <summary>How <c>json</c> reads its input.</summary>
[Flags]
internal enum JsonCoding : byte
{
    /// <summary>Each byte is a character.</summary>
    Ascii = 0,
    Utf8 = 1,

    /// <summary>What is written longer than needed is taken.</summary>
    Permissive = 2,

    /// <summary>What is wrong is left out.</summary>
    Silent = 4,
}
