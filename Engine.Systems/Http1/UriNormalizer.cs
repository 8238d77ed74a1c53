namespace Engine.Systems.Http1;

/// <summary>What <see cref="NormalForm"/> can do to a path and query.</summary>
public enum UriNormalizer : byte
{
    FragmentEncode = 0,
    FragmentStrip,
    MergeSlashes,
    StripDot,
    StripDotDot,
    DecodeUnreserved,
    ToUppercase,
    SortQuery,
}
