namespace Engine.Data.Rules;

/// <summary>A <c>force-persist</c> or <c>ignore-persist</c> line.</summary>
public readonly record struct PersistenceRule(Condition Condition, bool Forces);
