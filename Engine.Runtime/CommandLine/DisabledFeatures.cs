using System;

namespace Engine.Runtime.CommandLine;

/// <summary>What the command line switched off.</summary>
[Flags]
public enum DisabledFeatures : byte
{
    None = 0,
    Epoll = 1,
    Splice = 2,
    ReusePort = 4,
    FastForward = 8,
    AddressInfo = 16,
    ZeroCopy = 32,
    ServerVerification = 64,
}
