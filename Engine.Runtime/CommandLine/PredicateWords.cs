using System;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;

namespace Engine.Runtime.CommandLine;

/// <summary>The predicates of conditional expressions (manual section 2.4).</summary>
internal static unsafe class PredicateWords
{
    private static readonly ArgumentSpec Two = new(2, ArgumentKind.String, ArgumentKind.String);

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<PredicateWord> words = Words.Predicates;
        words.Add(new("awslc_api_atleast", ArgumentSpec.OneText, &NoLibrary));
        words.Add(new("awslc_api_before", ArgumentSpec.OneText, &NoLibrary));
        words.Add(new("defined", ArgumentSpec.OneText, &Defined));
        words.Add(new("enabled", ArgumentSpec.OneText, &Enabled));
        words.Add(new("feature", ArgumentSpec.OneText, &Feature));
        words.Add(new("fips_mode", ArgumentSpec.None, &NoLibrary));
        words.Add(new("openssl_version_atleast", ArgumentSpec.OneText, &NoLibrary));
        words.Add(new("openssl_version_before", ArgumentSpec.OneText, &NoLibrary));
        words.Add(new("ssllib_name_startswith", ArgumentSpec.OneText, &NoLibrary));
        words.Add(new("streq", Two, &Equal));
        words.Add(new("strneq", Two, &Differ));
        words.Add(new("strstr", Two, &Contains));
        words.Add(new("version_atleast", ArgumentSpec.OneText, &VersionAtLeast));
        words.Add(new("version_before", ArgumentSpec.OneText, &VersionBefore));
    }

    // No TLS library is linked yet: it has no version, so it is neither new nor old.
    private static string? NoLibrary(string[] arguments, out bool truth)
    {
        truth = false;
        return null;
    }

    private static string? Defined(string[] arguments, out bool truth)
    {
        truth = arguments[0].Length > 0 && Environment.GetEnvironmentVariable(arguments[0]) is not null;
        return null;
    }

    private static string? Enabled(string[] arguments, out bool truth)
    {
        truth = Features.IsEnabled(arguments[0]);
        return null;
    }

    private static string? Feature(string[] arguments, out bool truth)
    {
        truth = Features.IsBuiltIn(arguments[0]);
        return null;
    }

    private static string? Equal(string[] arguments, out bool truth)
    {
        truth = arguments[0] == arguments[1];
        return null;
    }

    private static string? Differ(string[] arguments, out bool truth)
    {
        truth = arguments[0] != arguments[1];
        return null;
    }

    private static string? Contains(string[] arguments, out bool truth)
    {
        truth = arguments[0].Contains(arguments[1], StringComparison.Ordinal);
        return null;
    }

    private static string? VersionAtLeast(string[] arguments, out bool truth)
    {
        truth = ProductVersion.CompareCompatible(arguments[0]) >= 0;
        return null;
    }

    private static string? VersionBefore(string[] arguments, out bool truth)
    {
        truth = ProductVersion.CompareCompatible(arguments[0]) < 0;
        return null;
    }
}
