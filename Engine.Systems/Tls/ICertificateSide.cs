using Engine.Data.Samples;

namespace Engine.Systems.Tls;

/// <summary>Whose certificate a fetch is about.</summary>
internal interface ICertificateSide
{
    /// <summary>The library's certificate, 0 when there is none.</summary>
    static abstract nint Certificate(ref Evaluation scope);
}
