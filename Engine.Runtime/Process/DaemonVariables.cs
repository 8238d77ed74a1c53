namespace Engine.Runtime.Process;

/// <summary>How the launcher tells its child who it is.</summary>
internal static class DaemonVariables
{
    /// <summary>
    /// <c>pid:fd</c>: the launcher's process number, which must be the child's parent, and the descriptor of
    /// the pipe on which the child says that it is ready.
    /// </summary>
    public const string Launcher = "SLUICE_LAUNCHER";
}
