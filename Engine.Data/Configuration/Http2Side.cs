namespace Engine.Data.Configuration;

/// <summary>What <c>tune.h2.fe.*</c> or <c>tune.h2.be.*</c> say (manual section 3.2).</summary>
public sealed class Http2Side
{
    /// <summary><c>initial-window-size</c>, bytes; 0: the common one.</summary>
    public int InitialWindow;

    /// <summary><c>max-concurrent-streams</c>; 0: the common one.</summary>
    public int StreamsMax;

    /// <summary><c>rxbuf</c>: bytes that all streams of a connection may have received and not passed on; 0: 1600k.</summary>
    public int ReceiveBuffer;

    /// <summary><c>glitches-threshold</c>; 0: odd events never end a connection.</summary>
    public int GlitchesMax;

    /// <summary><c>max-frames-at-once</c>; 0: our own bound alone.</summary>
    public int FramesAtOnce;

    /// <summary><c>fe.max-rst-at-once</c>; 0: no bound.</summary>
    public int ResetsAtOnce;

    /// <summary><c>fe.max-total-streams</c>; 0: no bound.</summary>
    public int TotalStreamsMax;
}
