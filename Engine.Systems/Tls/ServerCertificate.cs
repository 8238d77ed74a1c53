using Engine.Data.Samples;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>What the server showed us.</summary>
internal unsafe struct ServerCertificate : ICertificateSide
{
    public static nint Certificate(ref Evaluation scope) =>
        scope.ServerTls == null ? 0 : OpenSsl.SslPeer(scope.ServerTls->Ssl);
}
