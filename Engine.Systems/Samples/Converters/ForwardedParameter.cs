namespace Engine.Systems.Samples.Converters;

/// <summary>A parameter of a <c>Forwarded</c> element (RFC 7239 section 5).</summary>
internal enum ForwardedParameter : byte
{
    None = 0,
    Proto = 1,
    Host = 2,
    For = 4,
    By = 8,
}
