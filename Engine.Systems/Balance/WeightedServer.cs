namespace Engine.Systems.Balance;

/// <summary>A server that takes part in the turns of its backend.</summary>
/// <param name="Server">Its number in the configuration.</param>
/// <param name="Weight">Above zero.</param>
public readonly record struct WeightedServer(int Server, int Weight);
