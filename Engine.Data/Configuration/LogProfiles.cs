using System.Collections.Generic;
using Engine.Data.Logs;

namespace Engine.Data.Configuration;

/// <summary>Part of a draft: its <c>log-profile</c> sections.</summary>
public sealed class LogProfiles
{
    public Dictionary<string, LogProfile> ByName { get; } = [];

    /// <summary>The section being read.</summary>
    public LogProfile Open { get; set; } = new();
}
