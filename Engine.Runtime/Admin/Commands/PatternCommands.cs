using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Patterns;
using Engine.Data.Registries;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands on the lists of maps and ACLs (management guide section 9.3).</summary>
internal static class PatternCommands
{
    private const string AddMapUsage = "'add map' expects three parameters (map identifier, key and value) or one "
        + "parameter (map identifier) and a payload";

    [ModuleInitializer]
    internal static void Register()
    {
        Add("show map", "[@<ver>] [map]", static r => Show(r, true), "report available maps or dump a map's contents");
        Add("show acl", "[@<ver>] <acl>", static r => Show(r, false), "report available acls or dump an acl's contents");
        Add("get map", "<map> <value>", static r => Get(r, true), "report the keys and values matching a sample for a map");
        Add("get acl", "<acl> <value>", static r => Get(r, false), "report the patterns matching a sample for an ACL");
        Add("add map", "[@<ver>] <map> <key> <val>", AddMap, "add a map entry (payload supported instead of key/val)");
        Add("add acl", "[@<ver>] <acl> <pattern>", AddAcl, "add an acl entry");
        Add("del map", "<map> [<key>|#<ref>]", static r => Remove(r, true), "delete map entries matching <key>");
        Add("del acl", "<acl> [<key>|#<ref>]", static r => Remove(r, false), "delete acl entries matching <key>");
        Add("set map", "<map> [<key>|#<ref>] <value>", SetMap, "modify a map entry");
        Add("clear map", "[@<ver>] <map>", static r => Clear(r, true), "clear the contents of this map");
        Add("clear acl", "[@<ver>] <acl>", static r => Clear(r, false), "clear the contents of this acl");
        Add("prepare map", "<map>", static r => Prepare(r, true), "prepare a new version for atomic map replacement");
        Add("prepare acl", "<acl>", static r => Prepare(r, false), "prepare a new version for atomic ACL replacement");
        Add("commit map", "@<ver> <map>", static r => Commit(r, true), "commit the map at this version");
        Add("commit acl", "@<ver> <acl>", static r => Commit(r, false), "commit the ACL at this version");
    }

    private static void Add(string words, string usage, AdminCommandRun run, string summary) =>
        Words.CliCommands.Add(new CliCommand(words, AdminLevel.Admin, usage, run) { Summary = summary });

    private static string Kind(bool map) => map ? "map" : "ACL";

    /// <summary>What stands at a place of the arguments, behind a version if there is one.</summary>
    private static string Behind(AdminRequest request, uint? version, int number) =>
        request.Argument(version is null ? number : number + 1);

    /// <summary><c>@number</c> in front; what is no number counts as 0.</summary>
    private static uint? Version(AdminRequest request)
    {
        string text = request.Argument(0);
        if (!text.StartsWith('@')) return null;
        ReadOnlySpan<char> digits = text.AsSpan(1);
        int end = digits.IndexOfAnyExceptInRange('0', '9');
        _ = uint.TryParse(end < 0 ? digits : digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        return number;
    }

    /// <summary>The list of a name or number, its entries made; null after an answer.</summary>
    private static PatternList? Find(AdminRequest request, string name, bool map, bool ofKind)
    {
        PatternList? list = request.Services.Configuration.Patterns.FindNamed(name);
        if (list is not null && (!ofKind || (map ? list.IsMap : list.IsAcl)))
        {
            _ = list.TryGoLive(out _);
            return list;
        }
        request.Refuse($"Unknown {Kind(map)} identifier. Please use #<id> or <file>.");
        return null;
    }

    private static void Show(AdminRequest request, bool map)
    {
        uint? version = Version(request);
        if (request.Arguments.Length == 0)
        {
            request.Answer("# id (file) description");
            foreach (PatternList shown in request.Services.Configuration.Patterns.All)
                if (map ? shown.IsMap : shown.IsAcl) request.Answer(Describe(shown));
            return;
        }
        if (Find(request, Behind(request, version, 0), map, ofKind: true) is not { } list) return;
        foreach (PatternEntry entry in list.Snapshot(version))
        {
            request.Output.Add($"0x{entry.Number:x} ");
            request.Output.Add(entry.Key);
            if (entry.Value != PatternValue.None)
            {
                request.Output.Add(" "u8);
                request.Output.Add(entry.Value.Text);
            }
            request.Output.Add("\n"u8);
        }
    }

    private static string Describe(PatternList list)
    {
        string users = string.Join(", ", list.Descriptions);
        string what = list.Name.Length > 0 ? $"pattern loaded from file '{list.FullName}' used {users}" : users;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{list.Id} ({list.Name}) {what}. curr_ver={list.CurrentVersion} next_ver={list.NextVersion} "
            + $"entry_cnt={list.EntryCount}");
    }

    private static void Get(AdminRequest request, bool map)
    {
        if (request.Argument(1).Length == 0) request.Refuse($"Missing {Kind(map)} identifier and/or key.");
        else if (Find(request, request.Argument(0), map, ofKind: false) is { } list)
        {
            foreach ((int use, string? valueType) in list.Readers)
                request.Answer(PatternLookup.Run(list, use, map, valueType, request.Argument(1)));
        }
    }

    private static void AddMap(AdminRequest request)
    {
        uint? version = Version(request);
        string key = Behind(request, version, 1);
        string value = Behind(request, version, 2);
        bool isPayload = request.HasPayload && key.Length == 0;
        if (Behind(request, version, 0).Length == 0 || (!isPayload && value.Length == 0) || (isPayload && request.Payload.IsEmpty))
        {
            request.Refuse(AddMapUsage);
            return;
        }
        if (Find(request, Behind(request, version, 0), map: true, ofKind: false) is not { } list) return;
        if (isPayload) AddLines(request, list, version);
        else Insert(request, list, version, Encoding.Latin1.GetBytes(key), Encoding.Latin1.GetBytes(value));
    }

    /// <summary>A key a line, the rest of the line its value. Ends with the first that is wrong.</summary>
    private static void AddLines(AdminRequest request, PatternList list, uint? version)
    {
        foreach (Range range in request.Payload.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = request.Payload[range].TrimEnd((byte)'\r');
            line = line.TrimStart(" \t"u8);
            if (line.IsEmpty) continue;
            int blank = line.IndexOfAny((byte)' ', (byte)'\t');
            ReadOnlySpan<byte> value = blank < 0 ? [] : line[blank..].TrimStart(" \t"u8);
            byte[] key = (blank < 0 ? line : line[..blank]).ToArray();
            if (value.IsEmpty)
            {
                request.Refuse($"Missing value for key '{Encoding.Latin1.GetString(key)}'.");
                return;
            }
            if (!Insert(request, list, version, key, value.ToArray())) return;
        }
    }

    private static void AddAcl(AdminRequest request)
    {
        uint? version = Version(request);
        string pattern = Behind(request, version, 1);
        if (pattern.Length == 0)
        {
            request.Refuse("'add acl' expects two parameters: ACL identifier and pattern.");
            return;
        }
        if (Find(request, Behind(request, version, 0), map: false, ofKind: false) is not { } list) return;
        if (list.IsMap)
        {
            request.Refuse("This ACL is shared with a map containing samples. You must use the command 'add map' to add "
                + "values.");
        }
        else
        {
            Insert(request, list, version, Encoding.Latin1.GetBytes(pattern), []);
        }
    }

    private static bool Insert(AdminRequest request, PatternList list, uint? version, byte[] key, byte[] value) =>
        Tell(request, list.TryAdd(version, key, value, out string error), error, Encoding.Latin1.GetString(value), "");

    /// <summary>False after telling what went wrong.</summary>
    private static bool Tell(AdminRequest request, PatternChange change, string error, string value, string notFound)
    {
        if (change == PatternChange.Done) return true;
        request.Refuse(change switch
        {
            PatternChange.NotFound => notFound,
            PatternChange.BadValue => $"unable to parse '{value}'.",
            PatternChange.VersionAhead => "Version number in the future, please use 'prepare map' before.",
            _ => $"{error}.",
        });
        return false;
    }

    private static void Remove(AdminRequest request, bool map)
    {
        string key = request.Argument(1);
        if (key.Length == 0) request.Refuse($"This command expects two parameters: {Kind(map)} identifier and key.");
        else if (Find(request, request.Argument(0), map, ofKind: false) is { } list)
        {
            bool removed = TryReference(key, out ulong number)
                ? list.TryRemove(number)
                : list.TryRemove(Encoding.Latin1.GetBytes(key));
            if (!removed) request.Refuse("Key not found.");
        }
    }

    private static void SetMap(AdminRequest request)
    {
        string key = request.Argument(1);
        string value = request.Argument(2);
        if (value.Length == 0)
        {
            request.Refuse("'set map' expects three parameters: map identifier, key and value.");
            return;
        }
        if (Find(request, request.Argument(0), map: true, ofKind: false) is not { } list) return;
        byte[] text = Encoding.Latin1.GetBytes(value);
        if (TryReference(key, out ulong number))
            _ = Tell(request, list.TrySet(number, text, out string reason), reason, value, "key or pattern not found.");
        else
            _ = Tell(request, list.TrySet(Encoding.Latin1.GetBytes(key), text, out string reason), reason, value,
                "entry not found.");
    }

    /// <summary><c>#</c> and the number that <c>show map</c> gives the entry; anything else is a key.</summary>
    private static bool TryReference(string text, out ulong number)
    {
        number = 0;
        if (!text.StartsWith('#')) return false;
        ReadOnlySpan<char> digits = text.AsSpan(1);
        if (digits.StartsWith("0x")) digits = digits[2..];
        return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    private static void Clear(AdminRequest request, bool map)
    {
        uint? version = Version(request);
        string name = Behind(request, version, 0);
        if (name.Length == 0) request.Refuse($"Missing {Kind(map)} identifier.");
        else Find(request, name, map, ofKind: true)?.Clear(version);
    }

    private static void Prepare(AdminRequest request, bool map)
    {
        if (Find(request, request.Argument(0), map, ofKind: true) is { } list)
            request.Inform(string.Create(CultureInfo.InvariantCulture, $"New version created: {list.Prepare()}"));
    }

    private static void Commit(AdminRequest request, bool map)
    {
        uint? version = Version(request);
        if (version is null) request.Refuse("Missing version number.");
        else if (request.Argument(1).Length == 0) request.Refuse($"Missing {Kind(map)} identifier.");
        else if (Find(request, request.Argument(1), map, ofKind: true) is { } list && !list.TryCommit(version.Value))
            request.Refuse("Version number out of range.");
    }
}
