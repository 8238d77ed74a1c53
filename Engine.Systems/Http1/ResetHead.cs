using Engine.Data.Messages;

namespace Engine.Systems.Http1;

/// <summary>
/// Clears a head for parsing. Its fields need no clearing: they are written before they are counted.
/// </summary>
internal static unsafe class ResetHead
{
    public static void Run(MessageHead* head)
    {
        int capacity = head->FieldCapacity;
        *head = default;
        head->FieldCapacity = capacity;
    }
}
