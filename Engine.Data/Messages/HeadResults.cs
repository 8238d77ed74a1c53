namespace Engine.Data.Messages;

/// <summary>What follows from a <see cref="HeadResult"/>.</summary>
public static class HeadResults
{
    public static bool IsError(this HeadResult result) => result > HeadResult.Ok;

    /// <summary>The status that answers such a request; 0 when it is not an error.</summary>
    public static ushort RequestStatus(this HeadResult result) => result switch
    {
        HeadResult.Incomplete or HeadResult.Ok => 0,
        HeadResult.TargetTooLong => 414,
        HeadResult.UnsupportedCoding => 422,
        HeadResult.TooLarge => 431,
        _ => 400,
    };
}
