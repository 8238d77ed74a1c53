namespace Engine.Runtime.Kernel.IoUring;

/// <summary>
/// What the back end's own entries carry as user data. The top 8 bits lie above every kind that an
/// <see cref="Data.Kernel.OperationOwner"/> has; those of the systems' operations are passed through as they
/// are.
/// </summary>
internal static class UserData
{
    public const ulong FirstOwn = 0xF0ul << 56;

    /// <summary>
    /// A send that is tried once; the low half is the index of its completion in the queue.
    /// </summary>
    public const ulong Send = 0xF0ul << 56;

    /// <summary>An accept; the low half is its slot.</summary>
    public const ulong Accept = 0xF1ul << 56;

    /// <summary>The watch on the wake descriptor.</summary>
    public const ulong Wake = 0xF2ul << 56;

    /// <summary>A cancel: it completes only when there was nothing to cancel.</summary>
    public const ulong Cancel = 0xF3ul << 56;

    /// <summary>A close: it completes only when it failed.</summary>
    public const ulong Close = 0xF4ul << 56;

    /// <summary>A splice that waits until its socket is ready; the low half is its slot.</summary>
    public const ulong Splice = 0xF5ul << 56;

    public const ulong KindMask = 0xFFul << 56;
}
