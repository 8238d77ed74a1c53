namespace Engine.Systems.Http1;

/// <summary>
/// Looks for the empty line that ends a head, so that a head which arrives in many pieces is parsed twice at
/// most (its first piece and whole) and each of its bytes is scanned once more.
/// </summary>
internal static unsafe class FindHeadEnd
{
    /// <summary>
    /// Whether an empty line ends between <paramref name="start"/>, the start line's first byte, and
    /// <paramref name="end"/>. Bytes before <paramref name="scanned"/> were searched before.
    /// </summary>
    public static bool Run(byte* start, byte* scanned, byte* end)
    {
        // The empty line may have begun in the last two bytes before: LF, CR and now the LF.
        byte* at = scanned - start > 2 ? scanned - 2 : start;
        while (true)
        {
            byte* feed = ScanBytes.LineFeed(at, end);
            if (end - feed < 2) return false;
            if (feed[1] == '\n') return true;
            if (feed[1] == '\r' && end - feed > 2 && feed[2] == '\n') return true;
            at = feed + 1;
        }
    }
}
