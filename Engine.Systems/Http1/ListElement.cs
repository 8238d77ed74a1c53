namespace Engine.Systems.Http1;

/// <summary>Walks the elements of a comma-separated field value (RFC 9110 section 5.6.1).</summary>
internal unsafe ref struct ListElement(byte* value, int length)
{
    private byte* next = value;
    private readonly byte* end = value + length;
    private bool over;

    /// <summary>The present element without blanks around it.</summary>
    public byte* Start;

    /// <summary>0 for an empty element.</summary>
    public int Length;

    /// <summary>
    /// Steps to the next element, empty ones included; an empty value has one empty element.
    /// </summary>
    public bool Next()
    {
        if (over) return false;
        byte* at = next;
        while (at < end && *at != ',') at++;
        byte* stop = at;
        over = at >= end;
        Start = next;
        next = at + 1;
        // Blanks are SP and HTAB and nothing else (THREATS.md A19).
        while (Start < stop && *Start is (byte)' ' or (byte)'\t') Start++;
        while (stop > Start && stop[-1] is (byte)' ' or (byte)'\t') stop--;
        Length = (int)(stop - Start);
        return true;
    }
}
