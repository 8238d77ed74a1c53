using Engine.Data.Tables;

namespace Engine.Data.Kernel;

/// <summary>
/// The kernel pipes of one thread, by number: the systems say which number is whose, the back end makes the pipe when a
/// number is first used and keeps it for the next user. The last one back is the first out again.
/// </summary>
public sealed class PipeNumbers(int max)
{
    private readonly int[] free = new int[max];
    private int freeCount;
    private int everUsed;

    /// <summary>Numbers that are somebody's.</summary>
    public int Lent => everUsed - freeCount;

    /// <summary>Numbers that were somebody's and are kept for the next.</summary>
    public int Kept => freeCount;

    /// <summary>A number, -1 when all are in use.</summary>
    public int Take()
    {
        if (freeCount > 0) return free[--freeCount];
        return everUsed < max ? everUsed++ : -1;
    }

    /// <summary>The pipe behind it must be empty, or be emptied by the batch before anybody uses it.</summary>
    public void Return(int number)
    {
        Check.That((uint)number < (uint)everUsed);
        Check.That(freeCount < everUsed);
        free[freeCount++] = number;
    }
}
