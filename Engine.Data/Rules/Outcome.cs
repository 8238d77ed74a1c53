namespace Engine.Data.Rules;

/// <summary>
/// The truth of a term or condition. The numbers make OR of two the larger, AND the smaller and NOT the difference
/// from two.
/// </summary>
public enum Outcome : byte
{
    No = 0,

    /// <summary>The message may still bring what decides it.</summary>
    Maybe = 1,
    Yes = 2,
}
