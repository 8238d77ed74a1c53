namespace Engine.Systems.Samples;

/// <summary>Hexadecimal digits of bytes.</summary>
internal static class HexDigit
{
    /// <summary>-1 when it is none.</summary>
    public static int Value(byte digit) =>
        digit switch
        {
            >= (byte)'0' and <= (byte)'9' => digit - '0',
            >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
            _ => -1,
        };
}
