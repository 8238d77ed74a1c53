using Engine.Data.Samples;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>What the client showed.</summary>
internal unsafe struct ClientCertificate : ICertificateSide
{
    public static nint Certificate(ref Evaluation scope) =>
        scope.ClientTls == null ? 0 : OpenSsl.SslPeer(scope.ClientTls->Ssl);
}
