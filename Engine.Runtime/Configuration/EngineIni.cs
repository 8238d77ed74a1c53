using System;
using System.IO;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Ini;

namespace Engine.Runtime.Configuration;

/// <summary>
/// Reads <c>engine.ini</c>. It stands beside the first configuration file (in it, when that is a directory) or where
/// <c>-di</c> says, and most installations have none.
/// </summary>
public static class EngineIni
{
    public const string FileName = "engine.ini";

    /// <summary>The settings, defaults when there is no file. Faults of the file are alerts.</summary>
    /// <param name="given">Path given on the command line; then the file must exist. Null: beside.</param>
    /// <param name="firstFile">The first configuration file or directory.</param>
    /// <param name="diagnostics">Where faults are reported.</param>
    public static EngineSettings Load(string? given, string firstFile, Diagnostics diagnostics)
    {
        string path = given ?? Path.Combine(DirectoryOf(firstFile), FileName);
        if (File.Exists(path)) return Read(path, diagnostics);
        if (given is not null) diagnostics.AlertBare($"Cannot open {path} : No such file or directory");
        return new EngineSettings();
    }

    private static string DirectoryOf(string file) =>
        Directory.Exists(file) ? file : Path.GetDirectoryName(file) ?? "/";

    // Kept apart: the classes behind it are only loaded when there is a file.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static EngineSettings Read(string path, Diagnostics diagnostics)
    {
        EngineSettings settings = new();
        try
        {
            using FileStream stream = File.OpenRead(path);
            IniStreamConfigurationProvider provider = new(new IniStreamConfigurationSource { Stream = stream });
            ConfigurationRoot root = new([provider]);
            foreach (IConfigurationSection section in root.GetChildren())
            {
                foreach (IConfigurationSection key in section.GetChildren()) Apply(key, path, settings, diagnostics);
                if (section.Value is not null) Refuse(path, diagnostics, $"key '{section.Key}' stands in no section");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            Refuse(path, diagnostics, failure.Message);
        }
        return settings;
    }

    private static void Apply(IConfigurationSection key, string path, EngineSettings settings, Diagnostics diagnostics)
    {
        string value = key.Value ?? "";
        switch (key.Path.ToLowerInvariant())
        {
            case "kernel:backend" when value is "io_uring" or "epoll":
                settings.KernelBackEnd = value;
                break;
            case "kernel:backend" when value is "auto":
                settings.KernelBackEnd = null;
                break;
            case "kernel:backend":
                Refuse(path, diagnostics, $"backend '{value}' is none of io_uring, epoll, auto");
                break;
            case "threads:pinning" when value is "on" or "off":
                settings.PinsThreads = value == "on";
                break;
            case "threads:pinning":
                Refuse(path, diagnostics, $"pinning '{value}' is neither on nor off");
                break;
            case "http2:streams-first" when value is "on" or "off":
                settings.StreamsFirst = value == "on";
                break;
            case "http2:streams-first":
                Refuse(path, diagnostics, $"streams-first '{value}' is neither on nor off");
                break;
            case "threads:spin" when ReadNumber.TryWhole(value, out long spin) && spin is >= 0 and <= 1000:
                settings.SpinMicroseconds = (int)spin;
                break;
            case "threads:spin":
                Refuse(path, diagnostics, $"spin '{value}' is no number of microseconds from 0 to 1000");
                break;
            default:
                Refuse(path, diagnostics, $"unknown key '{key.Path.Replace(':', '.')}'");
                break;
        }
    }

    private static void Refuse(string path, Diagnostics diagnostics, string what) =>
        diagnostics.AlertBare($"parsing [{path}] : {what}.");
}
