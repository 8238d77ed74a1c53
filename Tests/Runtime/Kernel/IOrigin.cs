using Engine.Data.Kernel;

namespace Tests.Runtime.Kernel;

/// <summary>A server for the back end to connect to.</summary>
public interface IOrigin
{
    SocketAddress Address { get; }

    /// <summary>The next connection, or null.</summary>
    IPeer? Accept();
}
