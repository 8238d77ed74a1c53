using Engine.Data.Kernel;
using Engine.Data.Samples;

namespace Engine.Systems.Samples;

/// <summary>
/// The addresses of the connection to the server; of one that was closed before the line about it was written, those it had.
/// </summary>
internal static unsafe class ServerEnds
{
    /// <summary>Null where it is not known.</summary>
    public static SocketAddress* Source(ref Evaluation scope)
    {
        if (scope.ServerSource != null || scope.Log == null) return scope.ServerSource;
        return scope.Log->ServerSource.Family == AddressFamily.Unspecified ? null : &scope.Log->ServerSource;
    }

    /// <inheritdoc cref="Source"/>
    public static SocketAddress* Destination(ref Evaluation scope)
    {
        if (scope.ServerDestination != null || scope.Log == null) return scope.ServerDestination;
        return scope.Log->ServerDestination.Family == AddressFamily.Unspecified ? null : &scope.Log->ServerDestination;
    }
}
