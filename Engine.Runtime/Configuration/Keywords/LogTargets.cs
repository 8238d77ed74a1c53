using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Logs;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Gives every proxy its log targets, and targets that are the same place the same number.</summary>
internal static class LogTargets
{
    public static void Compile(ConfigurationDraft draft)
    {
        List<LogTarget> places = [];
        List<LogTarget> global = draft.Parts.Get<LogPart>().Targets;
        foreach (LogTarget target in global)
        {
            Number(target, places);
            if (!FindProfile(draft, target))
                Fault(draft, $"global log directive declared in file {target.File} at line '{target.Line}'", target);
        }
        draft.Globals.LogTargets = [.. global];
        foreach (ProxyDraft proxy in draft.Proxies)
        {
            LogPart? part = proxy.Parts.Find<LogPart>();
            if (part is null) continue;
            foreach (LogTarget target in part.Targets)
            {
                Number(target, places);
                if (FindProfile(draft, target)) continue;
                string where = $"log directive declared in proxy section '{proxy.Name}' in file '{target.File}' at line {target.Line}";
                Fault(draft, where, target);
            }
            proxy.Target.LogTargets = [.. part.Targets];
        }
        draft.Target.LaterLogTargets = [.. OfDefaults(draft, places)];
    }

    /// <summary>Of named defaults sections: backends that come while the process runs may start from them.</summary>
    private static List<LogTarget> OfDefaults(ConfigurationDraft draft, List<LogTarget> places)
    {
        List<LogTarget> all = [];
        foreach (ProxyDraft defaults in draft.Defaults)
        {
            if (defaults.Name.Length == 0 || defaults.Parts.Find<LogPart>() is not { } part) continue;
            foreach (LogTarget target in part.Targets)
            {
                Number(target, places);
                if (FindProfile(draft, target)) all.Add(target);
            }
        }
        return all;
    }

    /// <summary>Whether lines of a proxy would go anywhere.</summary>
    public static bool HasAny(ProxyDraft proxy) => proxy.Parts.Find<LogPart>() is { Targets.Count: > 0 };

    private static bool FindProfile(ConfigurationDraft draft, LogTarget target) =>
        target.ProfileName is null || draft.Parts.Get<LogProfiles>().ByName.TryGetValue(target.ProfileName, out target.Profile);

    private static void Fault(ConfigurationDraft draft, string where, LogTarget target) =>
        draft.Target.Parts.Get<StartFaults>().Alerts.Add($"{where} unknown log-profile '{target.ProfileName}'.");

    private static void Number(LogTarget target, List<LogTarget> places)
    {
        target.Number = places.FindIndex(other => IsSamePlace(other, target));
        if (target.Number >= 0) return;
        target.Number = places.Count;
        places.Add(target);
    }

    private static bool IsSamePlace(LogTarget left, LogTarget right) =>
        left.Kind == right.Kind && left.Fd == right.Fd && left.Address == right.Address
        && string.Equals(left.Path, right.Path, StringComparison.Ordinal);
}
