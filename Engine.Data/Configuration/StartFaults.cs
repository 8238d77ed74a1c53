using System.Collections.Generic;

namespace Engine.Data.Configuration;

/// <summary>Part of a configuration: what a check of the files does not mind, but the start does. Alerts, whole.</summary>
public sealed class StartFaults
{
    public List<string> Alerts { get; } = [];
}
