using System;

namespace Engine.Runtime;

/// <summary>
/// Whether a thread with nothing to do should look for completions for a moment before it sleeps (engine.ini,
/// <c>[threads] spin</c>). What comes that soon is served sooner; a look in vain is wasted. So it looks after sleeps that
/// turned out short, and sits out ever more of them after looks that were in vain.
/// </summary>
internal struct IdleSpin(long spinNanoseconds)
{
    private const int CreditMax = 8;
    private const int CreditNeeded = 4;
    private const int PenaltyMax = 4096;

    private int credit;
    private int sitOut;
    private int penalty;

    /// <summary>Nanoseconds to look for completions before sleeping now; 0: sleep at once.</summary>
    public long Decide()
    {
        if (spinNanoseconds == 0 || credit < CreditNeeded) return 0;
        if (sitOut == 0) return spinNanoseconds;
        sitOut--;
        return 0;
    }

    /// <summary>A look ended.</summary>
    public void Looked(bool found)
    {
        if (found)
        {
            penalty /= 2;
            return;
        }
        penalty = Math.Clamp(penalty * 2, 8, PenaltyMax);
        sitOut = penalty;
    }

    /// <summary>A sleep ended: a short one is what a look would have spared.</summary>
    public void Slept(long nanoseconds) =>
        credit = nanoseconds < 2 * spinNanoseconds ? Math.Min(credit + 1, CreditMax) : Math.Max(credit - 1, 0);
}
