using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Samples.Patterns;

/// <summary>Reads forwards; case does not count.</summary>
internal readonly unsafe struct FromFrontFolded : IReading
{
    public static byte At(ByteView text, int index) => AsciiCase.Lower(text.Start[index]);

    public static ulong Key(ByteView text, int from) => AsciiCase.Lower(FromFront.Key(text, from));

    public static bool Begins(ByteView text, ByteView pattern) =>
        text.Length >= pattern.Length && AsciiCase.Equals(text.Start, pattern.Start, pattern.Length);
}
