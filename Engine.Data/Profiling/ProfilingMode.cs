namespace Engine.Data.Profiling;

/// <summary><c>profiling.tasks</c> (manual section 3.2).</summary>
public enum ProfilingMode : byte
{
    /// <summary>On while the thread's ticks are long.</summary>
    Auto = 0,

    Off,
    On,
}
