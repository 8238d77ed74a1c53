using System;
using System.Collections;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Changing the environment that later lines see (manual section 3.1).</summary>
internal static unsafe class EnvironmentWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("presetenv", SectionKinds.Global, "<name> <value>", &SetIfAbsent));
        words.Add(new("resetenv", SectionKinds.Global, "[<name> ...]", &KeepOnly));
        words.Add(new("setenv", SectionKinds.Global, "<name> <value>", &Set));
        words.Add(new("unsetenv", SectionKinds.Global, "<name> ...", &Remove));
    }

    private static void Set(Directive line)
    {
        if (TakePair(line)) SetVariable(line[1], line[2]);
    }

    private static void SetIfAbsent(Directive line)
    {
        if (TakePair(line) && Environment.GetEnvironmentVariable(NameOf(line[1])) is null)
            SetVariable(line[1], line[2]);
    }

    private static void Remove(Directive line)
    {
        if (line.Count < 2) line.Alert($"'{line[0]}' expects at least one variable name.\n");
        for (int i = 1; i < line.Count; i++) Environment.SetEnvironmentVariable(NameOf(line[i]), null);
    }

    private static void KeepOnly(Directive line)
    {
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            string name = (string)entry.Key;
            bool keeps = false;
            for (int i = 1; i < line.Count; i++) keeps |= NameOf(line[i]) == name;
            if (!keeps) Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static bool TakePair(Directive line)
    {
        if (line.RefusesMoreThan(2)) return false;
        if (line[1].Length == 0) line.Alert($"'{line[0]}' expects environment variable name.\n.");
        else if (line[2].Length == 0)
            line.Alert($"'{line[0]}' expects environment variable value for '{line[1]}'.\n.");
        else return true;
        return false;
    }

    private static void SetVariable(string name, string value) =>
        Environment.SetEnvironmentVariable(NameOf(name), ConfigurationText.ToSystem(value));

    private static string NameOf(string word) => ConfigurationText.ToSystem(word);
}
