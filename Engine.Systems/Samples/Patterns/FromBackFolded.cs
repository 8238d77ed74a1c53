using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>Reads backwards from the end; case does not count.</summary>
internal readonly unsafe struct FromBackFolded : IReading
{
    public static byte At(ByteView text, int index) => AsciiCase.Lower(FromBack.At(text, index));

    public static ulong Key(ByteView text, int from) => AsciiCase.Lower(FromBack.Key(text, from));

    public static bool Begins(ByteView text, ByteView pattern)
    {
        int from = text.Length - pattern.Length;
        return from >= 0 && AsciiCase.Equals(text.Start + from, pattern.Start, pattern.Length);
    }
}
