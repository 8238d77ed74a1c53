using Engine.Data.Messages;

namespace Engine.Data.Rules;

/// <summary>Where a rule stands, for samples that tell it.</summary>
public readonly record struct RulePlace(ByteView File, int Line);
