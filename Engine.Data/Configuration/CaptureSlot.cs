using Engine.Data.Messages;

namespace Engine.Data.Configuration;

/// <summary>Room for one captured text (manual section 8.8, <c>declare capture</c>).</summary>
public sealed class CaptureSlot
{
    /// <summary>The field it takes, in lower case; of a cookie the beginning of its name. Empty: rules fill it.</summary>
    public ByteView Name;

    public KnownHeader Known;

    /// <summary>Bytes kept at most.</summary>
    public int Length;

    /// <summary>Where it stands among the captures of a stream.</summary>
    public int Offset;
}
