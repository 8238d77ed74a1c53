using Engine.Data.Samples;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>What the client showed.</summary>
internal unsafe struct ClientCertificate : ICertificateSide
{
    public static nint Certificate(ref Evaluation scope)
    {
        if (scope.ClientTls == null) return 0;
        nint certificate = OpenSsl.SslPeer(scope.ClientTls->Ssl);
        return certificate != 0 ? certificate : scope.ClientTls->Refused;
    }
}
