using System;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>What this process is called among peers: <c>-L</c>, <c>localpeer</c>, or the host's name (manual section 11.2).</summary>
internal static class LocalPeer
{
    public static string Of(Globals globals) => globals.LocalPeer ?? Environment.MachineName;
}
