using Engine.Data.Messages;

namespace Engine.Systems.Evaluate;

/// <summary>Bytes that a head will take once written: rules may have made it larger than a buffer.</summary>
public static unsafe class HeadSize
{
    /// <summary>Versions, separators, and what is said of the connection.</summary>
    private const int Around = 64;

    public static int Of(MessageHead* head)
    {
        int size = head->MethodName.Length + head->Target.Length + head->Reason.Length + Around;
        foreach (ref HeaderField field in MessageHead.Fields(head))
            if (!field.Removed) size += field.NameLength + field.ValueLength + 4;
        return size;
    }
}
