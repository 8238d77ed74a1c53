using System;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Runtime.CommandLine;
using Engine.Runtime.Process;

namespace Engine.Runtime.Admin.Commands;

/// <summary>
/// <c>show dev</c> (management guide section 9.3): the program, the machine and the process, for who looks for the cause of
/// a fault. Sections and names are those of the reference where the thing is the same one.
/// </summary>
internal static class DeveloperCommand
{
    [ModuleInitializer]
    internal static void Register() =>
        ServerCommands.Add("show dev", AdminLevel.User, "", Show, "show debug info for developers");

    private static void Show(AdminRequest request)
    {
        Anonymizer hide = request.Session.Anonymous;
        StringBuilder text = new();
        text.Append($"HAProxy version {request.Services.Version}\nFeatures:\n  {Features.List}\nBuild options:\n");
        text.Append($"  TARGET = linux-dotnet\n  Running on {RuntimeInformation.FrameworkDescription}\n");
        text.Append("Platform info:\n");
        Item(text, "cpu model", FirstOf("/proc/cpuinfo", "model name"));
        Item(text, "container", File.Exists("/.dockerenv") ? "yes" : "no");
        Item(text, "OS name", "Linux");
        Item(text, "OS release", FirstLine("/proc/sys/kernel/osrelease"));
        Item(text, "OS version", FirstLine("/proc/sys/kernel/version"));
        Item(text, "OS architecture", RuntimeInformation.OSArchitecture == Architecture.X64 ? "x86_64" : "aarch64");
        Item(text, "node name", hide.Name(Environment.MachineName));
        Item(text, "distro pretty name", hide.Name(FirstOf("/etc/os-release", "PRETTY_NAME").Trim('"')));
        text.Append("Process info:\n");
        Item(text, "pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        if (hide.Key == 0) Item(text, "cmdline", FirstLine("/proc/self/cmdline").Replace('\0', ' '));
        foreach (string set in (string[])["CapEff", "CapPrm", "CapInh"]) Item(text, set, "0x" + FirstOf("/proc/self/status", set));
        Item(text, "uid", FirstOf("/proc/self/status", "Uid").Split('\t')[0]);
        Item(text, "gid", FirstOf("/proc/self/status", "Gid").Split('\t')[0]);
        (long soft, long hard) = DescriptorLimit.Current();
        Item(text, "fd limit (soft)", soft.ToString(CultureInfo.InvariantCulture));
        Item(text, "fd limit (hard)", hard.ToString(CultureInfo.InvariantCulture));
        text.Append(CultureInfo.InvariantCulture, $"Threads: {request.Engine.Worlds.Length} of {Environment.ProcessorCount} CPUs\n");
        request.Output.Add(text);
    }

    private static void Item(StringBuilder text, string name, string value)
    {
        if (value.Length > 0) text.Append("  ").Append(name).Append(": ").Append(value).Append('\n');
    }

    private static string FirstLine(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\n', '\0');
        }
        catch (IOException)
        {
            return ""; // a machine without it
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>What stands behind a name and a colon or an equals sign.</summary>
    private static string FirstOf(string path, string name)
    {
        foreach (string line in FirstLine(path).Split('\n'))
        {
            int sign = line.AsSpan().IndexOfAny(':', '=');
            if (sign > 0 && line.AsSpan(0, sign).Trim().SequenceEqual(name)) return line[(sign + 1)..].Trim();
        }
        return "";
    }
}
