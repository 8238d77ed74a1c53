namespace Engine.Data.Health;

/// <summary>A field that an answer must have: <c>hdr</c> and <c>fhdr</c>.</summary>
/// <param name="WholeValue">The value is taken as a whole, not split at commas (<c>fhdr</c>).</param>
/// <param name="Name">How the name matches.</param>
/// <param name="Value">How the value matches; null: any value.</param>
public sealed record FieldExpectation(bool WholeValue, TextExpectation Name, TextExpectation? Value);
