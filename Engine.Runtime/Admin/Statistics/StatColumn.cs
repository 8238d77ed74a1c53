namespace Engine.Runtime.Admin.Statistics;

/// <summary>A column of the statistics.</summary>
internal sealed record StatColumn(string Name, string Tags, string Type);
