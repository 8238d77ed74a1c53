using System;
using System.IO;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>default-path</c>: where relative names of files begin while a file is read (manual section 3.1).</summary>
internal static unsafe class DefaultPathKeyword
{
    private const string Modes = "supported modes include 'current', 'config', 'parent', and 'origin'.";

    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new(
            "default-path", SectionKinds.Global, "{ current | config | parent | origin <path> }", &Parse));

    /// <summary>A file begins: the mode of the files before it holds.</summary>
    public static void Enter(ConfigurationDraft draft, string file)
    {
        if (draft.Parts.Find<Policy>() is not { } policy) return;
        string? fault = policy.Change(file);
        if (fault is not null) draft.Diagnostics.Alert($"parsing [{file}:0] : {fault}");
    }

    /// <summary>A file ends: back to where the process was started.</summary>
    public static void Leave(ConfigurationDraft draft)
    {
        if (draft.Parts.Find<Policy>() is { } policy) Directory.SetCurrentDirectory(policy.Home);
    }

    private static void Parse(Directive line)
    {
        string mode = line[1];
        if (mode.Length == 0) line.Alert($"missing default-path mode '' for 'default-path', {Modes}");
        else if (mode is not ("current" or "config" or "parent" or "origin"))
            line.Alert($"unsupported default-path mode '{mode}' for 'default-path', {Modes}");
        else if (mode == "origin" && line.Count < 3)
            line.Alert("'default-path origin' expects a directory as an argument.");
        else
        {
            Policy policy = line.Draft.Parts.Get<Policy>();
            policy.Mode = mode;
            policy.Origin = line[2];
            string? fault = policy.Change(line.File);
            if (fault is not null) line.Alert(fault);
        }
    }

    private sealed class Policy
    {
        public readonly string Home = Directory.GetCurrentDirectory();

        public string Mode = "current";

        public string Origin = "";

        /// <summary>Goes to the directory for a file. Null, or what is wrong.</summary>
        public string? Change(string file)
        {
            int slash = file.LastIndexOf('/');
            string own = slash < 0 ? "" : file[..(slash + 1)];
            string target = Mode switch
            {
                "config" => own,
                "parent" => own + "..",
                "origin" => Origin,
                _ => "",
            };
            try
            {
                Directory.SetCurrentDirectory(Path.Combine(Home, ConfigurationText.ToSystem(target)));
                return null;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                string reason = failure is DirectoryNotFoundException ? "No such file or directory" : failure.Message;
                return Mode == "origin"
                    ? $"couldn't set 'default-path' to origin '{Origin}': {reason}."
                    : $"couldn't set 'default-path' to '{Mode}': {reason}.";
            }
        }
    }
}
