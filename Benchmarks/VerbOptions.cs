using System;
using System.Collections.Generic;
using System.Globalization;

namespace Benchmarks;

/// <summary>
/// The options of one verb: <c>--name value</c>, <c>--name=value</c> and <c>--flag</c>, and the words
/// between them. An option that the verb does not declare is an error, so that a misspelt one does not
/// silently change a run.
/// </summary>
public sealed class VerbOptions
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>
    /// Reads the arguments. Throws <see cref="UsageException"/> for an unknown option or a missing value.
    /// </summary>
    public VerbOptions(
        ReadOnlySpan<string> arguments, IReadOnlyCollection<string> named, IReadOnlyCollection<string> flags)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                Words.Add(argument);
                continue;
            }

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? argument[2..] : argument[2..equals];
            if (Contains(flags, name) && equals < 0)
            {
                values[name] = string.Empty;
                continue;
            }

            if (!Contains(named, name)) throw new UsageException($"unknown option --{name}");
            if (equals < 0 && ++i == arguments.Length) throw new UsageException($"--{name} needs a value");
            string value = equals < 0 ? arguments[i] : argument[(equals + 1)..];

            // A repeated option adds to the list it holds.
            values[name] = values.TryGetValue(name, out string? before) ? $"{before},{value}" : value;
        }
    }

    /// <summary>Arguments that are no options, in order.</summary>
    public List<string> Words { get; } = [];

    public bool Has(string name) => values.ContainsKey(name);

    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <summary>The option as a list separated by commas; empty when absent.</summary>
    public string[] List(string name) =>
        Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public int Integer(string name, int otherwise, int minimum = 0)
    {
        string? text = Text(name);
        if (text is null) return otherwise;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
            && value >= minimum)
            return value;
        throw new UsageException($"--{name} needs a whole number of at least {minimum}, not '{text}'");
    }

    public double Number(string name, double otherwise)
    {
        string? text = Text(name);
        if (text is null) return otherwise;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= 0)
            return value;
        throw new UsageException($"--{name} needs a number that is not negative, not '{text}'");
    }

    private static bool Contains(IReadOnlyCollection<string> names, string name)
    {
        foreach (string one in names)
        {
            if (one == name) return true;
        }

        return false;
    }
}
