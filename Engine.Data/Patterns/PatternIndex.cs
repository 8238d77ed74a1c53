using Engine.Data.Samples;

namespace Engine.Data.Patterns;

/// <summary>
/// The entries of a list, looked up by one match method. One thread at a time changes it (the list's lock); any number
/// look up meanwhile, without locks and without allocating: they find an entry that was there when they began, or that
/// came since.
/// </summary>
public abstract class PatternIndex
{
    /// <summary>
    /// The entry that the sample, already of the method's input type, finds; null: none. Of several: by the method's
    /// own rule, and the first of the list.
    /// </summary>
    public abstract PatternEntry? Find(ref Evaluation scope, in Sample sample);

    /// <summary>Reads a key as the method needs it. False with the reason, which names the key.</summary>
    /// <param name="entry">Whose key.</param>
    /// <param name="prepared">For <see cref="Add"/>.</param>
    /// <param name="error">The reason.</param>
    public abstract bool TryPrepare(PatternEntry entry, out object? prepared, out string error);

    public abstract void Add(PatternEntry entry, object? prepared);

    /// <summary>Takes an entry out that is marked as gone.</summary>
    public abstract void Remove(PatternEntry entry);
}
