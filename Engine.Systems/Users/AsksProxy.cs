using Engine.Data.Configuration;
using Engine.Data.Samples;

namespace Engine.Systems.Users;

/// <summary>
/// Whether a request is for a proxy, which has fields of its own for names and passwords (RFC 9110 section 11.7): with
/// <c>option http-use-proxy-header</c> one whose target is more than a path (manual section 4.2).
/// </summary>
internal static unsafe class AsksProxy
{
    public static bool Is(ref Evaluation scope) =>
        (scope.Frontend.Options & ProxyOptions.UseProxyHeader) != 0 && scope.Request != null
        && scope.Request->Target.Span is [not ((byte)'/' or (byte)'*'), ..];
}
