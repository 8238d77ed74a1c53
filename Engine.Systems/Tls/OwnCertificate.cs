using Engine.Data.Samples;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>What we showed the client.</summary>
internal unsafe struct OwnCertificate : ICertificateSide
{
    public static nint Certificate(ref Evaluation scope) =>
        scope.ClientTls == null ? 0 : OpenSsl.SslCertificate(scope.ClientTls->Ssl);
}
