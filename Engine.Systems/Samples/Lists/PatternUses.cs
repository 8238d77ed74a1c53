using Engine.Data.Patterns;

namespace Engine.Systems.Samples.Lists;

/// <summary>The uses of lists by match method.</summary>
internal static class PatternUses
{
    /// <summary>Within the word of a map that puts groups into its values.</summary>
    public const string Groups = "regm";

    /// <summary>The use of a method: a word of <c>-m</c>, <c>method</c> or <see cref="Groups"/>.</summary>
    public static PatternUse Of(string method, bool ignoreCase) =>
        new(method, ignoreCase, method switch
        {
            "str" => () => new WholeIndex(ignoreCase),
            "beg" => () => new BeginningIndex(ignoreCase),
            "end" => () => new EndIndex(ignoreCase),
            "sub" => () => new PartIndex(ignoreCase),
            "dir" => () => new WordIndex(ignoreCase, [.. "/?"u8]),
            "dom" => () => new WordIndex(ignoreCase, [.. "/?.:"u8]),
            "reg" => () => new RegexIndex(ignoreCase),
            Groups => static () => new GroupRegexIndex(),
            "int" => static () => new IntegerIndex(ofLength: false),
            "len" => static () => new IntegerIndex(ofLength: true),
            "ip" => static () => new AddressIndex(),
            "bin" => static () => new BinaryIndex(),
            "method" => () => new MethodIndex(ignoreCase),
            _ => null,
        });
}
