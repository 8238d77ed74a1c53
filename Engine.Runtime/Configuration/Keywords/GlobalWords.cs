using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Process-wide words of the global section (manual section 3.1).</summary>
internal static unsafe class GlobalWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("chroot", SectionKinds.Global, "<directory>", &Chroot));
        words.Add(new("daemon", SectionKinds.Global, "", &Daemon));
        words.Add(new("description", SectionKinds.Global, "<text>", &Description));
        words.Add(new("gid", SectionKinds.Global, "<number>", &Gid));
        words.Add(new("group", SectionKinds.Global, "<name>", &Group));
        words.Add(new("localpeer", SectionKinds.Global, "<name>", &LocalPeer));
        words.Add(new("log-send-hostname", SectionKinds.Global, "[<text>]", &LogSendHostname));
        words.Add(new("maxconn", SectionKinds.Global, "<number>", &MaxConnections));
        words.Add(new("maxpipes", SectionKinds.Global, "<number>", &MaxPipes));
        words.Add(new("node", SectionKinds.Global, "<name>", &Node));
        words.Add(new("nosplice", SectionKinds.Global, "", &NoSplice));
        words.Add(new("pidfile", SectionKinds.Global, "<path>", &PidFile));
        words.Add(new("quiet", SectionKinds.Global, "", &Quiet));
        words.Add(new("strict-limits", SectionKinds.Global, "", &StrictLimits) { MayBeNegated = true });
        words.Add(new("uid", SectionKinds.Global, "<number>", &Uid));
        words.Add(new("ulimit-n", SectionKinds.Global, "<number>", &DescriptorLimit));
        words.Add(new("user", SectionKinds.Global, "<name>", &User));
        words.Add(new("zero-warning", SectionKinds.Global, "", &ZeroWarning));
    }

    private static void Chroot(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert("'chroot' expects a directory as an argument.\n");
        else if (line.Draft.Globals.Chroot is not null) line.Warn("'chroot' is already specified. Continuing.\n");
        else line.Draft.Globals.Chroot = line[1];
    }

    private static void Daemon(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.Daemon = true;
    }

    private static void Description(Directive line)
    {
        if (line.Count < 2) line.AlertTight("'description' expects a string argument.");
        else line.Draft.Globals.Description = line.JoinFrom(1);
    }

    private static void Gid(Directive line)
    {
        if (TakeNumber(line, line.Draft.Globals.Gid >= 0, out int number)) line.Draft.Globals.Gid = number;
    }

    private static void Group(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Draft.Globals.Gid >= 0) line.Complain("gid/group was already specified. Continuing.");
        else if (Accounts.FindGroup(line[1]) is { } gid)
        {
            line.Draft.Globals.Gid = gid;
            line.Draft.Globals.Group = line[1];
        }
        else line.Alert($"cannot find group id for '{line[1]}' (0:Success)");
    }

    private static void LocalPeer(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert("'localpeer' expects a name as an argument.\n");
        else if (line.Draft.LocalPeerIsGiven)
            line.Alert("'localpeer' ignored since it is already set by using the '-L' command line argument.\n");
        else
        {
            line.Draft.Globals.LocalPeer = line[1];
            OwnVariables.SetLocalPeer(line[1]);
        }
    }

    private static void LogSendHostname(Directive line)
    {
        if (line.Draft.Globals.LogHostname is not null) line.Complain("'log-send-hostname' already specified. Continuing.");
        else line.Draft.Globals.LogHostname = line.Count > 1 ? line[1] : Environment.MachineName;
    }

    private static void MaxConnections(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Draft.Globals.MaxConnections != 0) line.Complain("'maxconn' already specified. Continuing.");
        else if (line.Count < 2) line.Alert("'maxconn' expects an integer argument.");
        else if (!ConfigurationUnits.TryInteger(line[1], out long number))
            line.Alert($"cannot parse 'maxconn' value '{line[1]}', an integer is expected.");
        else line.Draft.Globals.MaxConnections = (int)Math.Clamp(number, 0, int.MaxValue);
    }

    private static void MaxPipes(Directive line)
    {
        Globals globals = line.Draft.Globals;
        if (line.RefusesMoreThan(1)) return;
        if (globals.PipesMax != 0) line.Complain("'maxpipes' already specified. Continuing.");
        else if (line.Count < 2) line.Alert("'maxpipes' expects an integer argument.");
        else if (ConfigurationUnits.TryInteger(line[1], out long number))
            globals.PipesMax = (int)Math.Clamp(number, 0, ushort.MaxValue);
    }

    private static void NoSplice(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.NoSplice = true;
    }

    private static void Node(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        bool valid = line[1].Length > 0;
        foreach (char c in line[1]) valid &= char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.';
        if (valid) line.Draft.Globals.Node = line[1];
        else
        {
            line.AlertTight("'node' requires valid node name - non-empty string with digits(0-9), "
                + "letters(A-Z, a-z), dot(.), hyphen(-) or underscode(_).");
        }
    }

    private static void PidFile(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Count < 2) line.Alert("'pidfile' expects a file name as an argument.");
        else if (line.Draft.Globals.PidFile is not null) line.Warn("'pidfile' already specified. Continuing.");
        else line.Draft.Globals.PidFile = line[1];
    }

    private static void Quiet(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.Quiet = true;
    }

    private static void Uid(Directive line)
    {
        if (TakeNumber(line, line.Draft.Globals.Uid >= 0, out int number)) line.Draft.Globals.Uid = number;
    }

    private static void DescriptorLimit(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Draft.Globals.DescriptorLimit > 0) line.Complain("'ulimit-n' already specified. Continuing.");
        else if (line.Count < 2) line.Alert("'ulimit-n' expects an integer argument.");
        else line.Draft.Globals.DescriptorLimit = Math.Max(0, ConfigurationUnits.Integer(line[1]));
    }

    private static void User(Directive line)
    {
        if (line.RefusesMoreThan(1)) return;
        if (line.Draft.Globals.Uid >= 0) line.Complain("user/uid already specified. Continuing.");
        else if (Accounts.FindUser(line[1]) is { } uid)
        {
            line.Draft.Globals.Uid = uid;
            line.Draft.Globals.User = line[1];
        }
        else line.Alert($"cannot find user id for '{line[1]}' (0:Success)");
    }

    private static void StrictLimits(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.StrictLimits = !line.Negated;
    }

    private static void ZeroWarning(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.ZeroWarning = true;
    }

    private static bool TakeNumber(Directive line, bool isSet, out int number)
    {
        number = 0;
        string word = line[0];
        if (line.RefusesMoreThan(1)) return false;
        if (isSet)
        {
            line.Complain($"{(word == "uid" ? "user/uid" : "group/gid")} already specified. Continuing.");
            return false;
        }
        if (line.Count < 2)
        {
            line.Alert($"'{word}' expects an integer argument.");
            return false;
        }
        if (!ConfigurationUnits.TryInteger(line[1], out long value) || value > int.MaxValue)
        {
            line.Warn($" {word}: string '{line[1]}' is not a number.\n   | You might want to use the "
                + $"'{(word == "uid" ? "user" : "group")}' parameter to use a system "
                + $"{(word == "uid" ? "user" : "group")} name.");
            return false;
        }
        // A negative number is nobody: it changes nothing.
        number = (int)Math.Max(-1, value);
        return true;
    }
}
