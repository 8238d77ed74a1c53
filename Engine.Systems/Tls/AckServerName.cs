using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>
/// Tells a client that its server name was looked at (RFC 6066 section 3). The library then keeps the name with the
/// session, so that it is known when the session is resumed.
/// </summary>
public static unsafe class AckServerName
{
    /// <summary>Server name function.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Run(nint ssl, int* alert, nint argument) =>
        OpenSsl.SslServerName(ssl, 0) != null ? LibraryNumbers.ExtensionTaken : LibraryNumbers.ExtensionIgnored;
}
