namespace Engine.Runtime.Configuration;

/// <summary>What <c>engine.ini</c> sets: things that HAProxy's language has no word for.</summary>
public sealed class EngineSettings
{
    /// <summary><c>[kernel] backend</c>: <c>io_uring</c> or <c>epoll</c>; null: the best there is.</summary>
    public string? KernelBackEnd;

    /// <summary>
    /// <c>[threads] spin</c>: how long a thread may look for work before it sleeps, microseconds, at most 1,000; it does so
    /// only while that pays.
    /// </summary>
    public int SpinMicroseconds;

    /// <summary><c>[threads] pinning</c>: off leaves threads without <c>cpu-map</c> to the scheduler.</summary>
    public bool PinsThreads = true;

    /// <summary>
    /// <c>[http2] streams-first</c>: off lets streams wait behind all that their thread received, to compare with running
    /// them right after their frames were read.
    /// </summary>
    public bool StreamsFirst = true;
}
