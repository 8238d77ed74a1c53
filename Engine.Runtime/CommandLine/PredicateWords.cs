using System;
using System.Runtime.CompilerServices;
using Engine.Data.Registries;
using Engine.Runtime.Tls;

namespace Engine.Runtime.CommandLine;

/// <summary>The predicates of conditional expressions (manual section 2.4).</summary>
internal static unsafe class PredicateWords
{
    private static readonly ArgumentSpec Two = new(2, ArgumentKind.String, ArgumentKind.String);

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<PredicateWord> words = Words.Predicates;
        words.Add(new("awslc_api_atleast", ArgumentSpec.OneText, &OtherLibrary));
        words.Add(new("awslc_api_before", ArgumentSpec.OneText, &OtherLibrary));
        words.Add(new("defined", ArgumentSpec.OneText, &Defined));
        words.Add(new("enabled", ArgumentSpec.OneText, &Enabled));
        words.Add(new("feature", ArgumentSpec.OneText, &Feature));
        words.Add(new("fips_mode", ArgumentSpec.None, &Fips));
        words.Add(new("openssl_version_atleast", ArgumentSpec.OneText, &LibraryAtLeast));
        words.Add(new("openssl_version_before", ArgumentSpec.OneText, &LibraryBefore));
        words.Add(new("ssllib_name_startswith", ArgumentSpec.OneText, &LibraryNamed));
        words.Add(new("streq", Two, &Equal));
        words.Add(new("strneq", Two, &Differ));
        words.Add(new("strstr", Two, &Contains));
        words.Add(new("version_atleast", ArgumentSpec.OneText, &VersionAtLeast));
        words.Add(new("version_before", ArgumentSpec.OneText, &VersionBefore));
    }

    // Of a library that is not used no version is new or old.
    private static string? OtherLibrary(string[] arguments, out bool truth)
    {
        truth = false;
        return null;
    }

    private static string? Fips(string[] arguments, out bool truth)
    {
        truth = LibraryVersion.IsFips;
        return null;
    }

    private static string? LibraryAtLeast(string[] arguments, out bool truth)
    {
        int? order = LibraryVersion.CompareTo(arguments[0]);
        truth = order >= 0;
        return order is null ? Invalid("openssl_version_atleast", arguments[0]) : null;
    }

    private static string? LibraryBefore(string[] arguments, out bool truth)
    {
        int? order = LibraryVersion.CompareTo(arguments[0]);
        truth = order < 0;
        return order is null ? Invalid("openssl_version_before", arguments[0]) : null;
    }

    private static string? LibraryNamed(string[] arguments, out bool truth)
    {
        string text = LibraryVersion.Text;
        truth = text.Length > 0 && text.StartsWith(arguments[0], StringComparison.Ordinal);
        return null;
    }

    private static string Invalid(string word, string argument) =>
        $"invalid argument to conditional expression predicate '{word}': '{argument}'";

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
