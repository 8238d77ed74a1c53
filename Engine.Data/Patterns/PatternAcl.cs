using Engine.Data.Rules;

namespace Engine.Data.Patterns;

/// <summary>
/// An expression of an ACL and the lists it matches against. It keeps its compiled patterns until one of the lists is
/// changed, which is what most never are.
/// </summary>
/// <param name="expression">Whose patterns they are.</param>
/// <param name="parts">The lists, and the number of the use in each.</param>
public sealed class PatternAcl(AclExpression expression, (PatternList List, int Use)[] parts)
{
    private bool done;

    /// <summary>From now on the lists are looked up.</summary>
    public void GoLive()
    {
        if (done) return;
        done = true;
        foreach ((PatternList list, _) in parts) _ = list.TryGoLive(out _);
        System.Threading.Volatile.Write(ref expression.Patterns, new ListPatterns(parts));
    }
}
