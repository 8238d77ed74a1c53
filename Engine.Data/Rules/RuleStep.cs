using Engine.Data.Samples;

namespace Engine.Data.Rules;

/// <summary>One rule: a condition, the action's function and its operands.</summary>
public unsafe struct RuleStep
{
    /// <summary>Null: always.</summary>
    public Condition? Condition;

    /// <summary>
    /// The registered function of the action. Answers whether the program goes on; when it does not, the verdict says
    /// why, and Continue stands for <c>allow</c>.
    /// </summary>
    public delegate*<ref Evaluation, in RuleStep, ref RuleVerdict, bool> Action;

    /// <summary>What the action's parser prepared: an object only its own file knows.</summary>
    public object? Operands;

    /// <summary>The action's word, for explanations.</summary>
    public string Word;

    public string File;
    public int Line;

    /// <summary>The action ends its program only where its text is not empty.</summary>
    public bool MayGoOn;

    /// <summary>Its place among <see cref="Configuration.CompiledConfiguration.RulePlaces"/>, from 1; 0: not told.</summary>
    public int Place;
}
