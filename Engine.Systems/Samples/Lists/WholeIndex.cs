using Engine.Data.Patterns;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Lists;

/// <summary><c>str</c>: the key is the value.</summary>
internal sealed class WholeIndex(bool ignoreCase) : TextIndex(ignoreCase)
{
    public override PatternEntry? Find(ref Evaluation scope, in Sample sample) => Table.Find(sample.Bytes.Span);
}
