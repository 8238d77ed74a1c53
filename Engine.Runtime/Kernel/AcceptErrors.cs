using Engine.Data.Kernel;

namespace Engine.Runtime.Kernel;

/// <summary>What an error of accept says about the listener.</summary>
internal static class AcceptErrors
{
    private const int HostNoNetwork = 64;
    private const int NotPermitted = 1;

    /// <summary>
    /// The error is the pending one of a connection that is gone already (accept(2), "Error handling"), or a
    /// firewall's refusal: the next connection may be well.
    /// </summary>
    public static bool ConcernOneConnection(int result) =>
        result is -Errno.ConnectionAborted or -Errno.Interrupted or -Errno.Protocol or -Errno.NoProtocolOption
            or -Errno.NetworkDown or -Errno.NetworkUnreachable or -Errno.HostDown or -Errno.HostUnreachable
            or -Errno.OperationNotSupported or -HostNoNetwork or -NotPermitted;
}
