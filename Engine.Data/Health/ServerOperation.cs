namespace Engine.Data.Health;

/// <summary>What a server is able to do. The numbers are those of <c>show servers state</c> (management guide 9.3).</summary>
public enum ServerOperation : byte
{
    /// <summary>Down, or in maintenance: nothing goes there.</summary>
    Stopped = 0,

    /// <summary>Up, and given less than its share yet (<c>slowstart</c>).</summary>
    Starting = 1,

    Running = 2,

    /// <summary>Finishes what it has and takes only what is tied to it (<c>http-check disable-on-404</c>).</summary>
    Stopping = 3,
}
