namespace Engine.Data.Registries;

/// <summary>A predicate of <c>.if</c> and <c>-cc</c>: <c>version_atleast(3.5)</c> (manual section 2.4).</summary>
public sealed unsafe class PredicateWord(
    string word,
    ArgumentSpec arguments,
    delegate*<string[], out bool, string?> evaluate) : Row(word, arguments.ToString())
{
    public readonly ArgumentSpec Arguments = arguments;

    /// <summary>Gives the truth; answers null, or what is wrong with the arguments.</summary>
    public readonly delegate*<string[], out bool, string?> Evaluate = evaluate;
}
