using Engine.Data.Messages;

namespace Engine.Systems.Evaluate;

/// <summary>Bytes that a head will take once written: rules may have made it larger than a buffer.</summary>
public static unsafe class HeadSize
{
    /// <summary>Version, blanks, line ends of the start line and of the empty line.</summary>
    private const int Around = 14;

    /// <summary>What may yet be said of the connection.</summary>
    public const int SaidMax = 50;

    /// <summary>Colon, blank and line end of a field.</summary>
    public const int AroundField = 4;

    public static int Of(MessageHead* head)
    {
        int size = head->MethodName.Length + head->Target.Length + head->Reason.Length + Around;
        foreach (ref HeaderField field in MessageHead.Fields(head))
            if (!field.Removed) size += field.NameLength + field.ValueLength + AroundField;
        return size;
    }
}
