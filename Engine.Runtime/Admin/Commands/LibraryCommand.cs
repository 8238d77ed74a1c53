using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;

namespace Engine.Runtime.Admin.Commands;

/// <summary><c>show libs</c>: the program and the libraries in its memory, and where (management guide section 9.3).</summary>
internal static class LibraryCommand
{
    private readonly record struct Mapping(string Path, ulong Start, ulong End, bool HasCode);

    [ModuleInitializer]
    internal static void Register() =>
        ServerCommands.Add("show libs", AdminLevel.Operator, "", Show, "show loaded object files and libraries");

    private static void Show(AdminRequest request)
    {
        foreach (Mapping mapping in Read(File.ReadLines("/proc/self/maps")))
        {
            if (!mapping.HasCode) continue;
            request.Answer(
                $"0x{mapping.Start:x12}-0x{mapping.End - 1:x12} (0x{mapping.End - mapping.Start:x7}) {mapping.Path}");
        }
    }

    /// <summary>
    /// Lines like <c>7f0000-7f2000 r-xp 00000000 08:01 12 /lib/x.so</c>; pieces of a file that follow each other are one
    /// mapping.
    /// </summary>
    private static List<Mapping> Read(IEnumerable<string> lines)
    {
        List<Mapping> found = [];
        foreach (string line in lines)
        {
            int name = line.IndexOf('/');
            int dash = line.IndexOf('-');
            int blank = line.IndexOf(' ');
            if (name < 0 || dash < 0 || blank < dash) continue;
            ulong start = ulong.Parse(line.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            ulong end = ulong.Parse(line.AsSpan(dash + 1, blank - dash - 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            bool hasCode = line[blank + 3] == 'x';
            if (found.Count > 0 && found[^1] is var last && last.Path == line[name..] && last.End == start)
                found[^1] = last with { End = end, HasCode = last.HasCode || hasCode };
            else found.Add(new Mapping(line[name..], start, end, hasCode));
        }
        return found;
    }
}
