using Engine.Data.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Maps;

/// <summary>The key is a regular expression. They are tried in order of the file.</summary>
internal sealed class RegexIndex(ByteRegex[] expressions) : MapIndex
{
    public override int Find(ref Evaluation scope, in Sample sample)
    {
        for (int i = 0; i < expressions.Length; i++)
        {
            if (expressions[i].Matches(scope.Thread, sample.Bytes.Span)) return i;
        }
        return -1;
    }
}
