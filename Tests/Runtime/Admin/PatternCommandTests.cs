using System;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using Engine.Data.Configuration;
using Engine.Runtime.Admin;
using Tests.Runtime.Configuration;
using Xunit;

namespace Tests.Runtime.Admin;

/// <summary>The commands on maps and ACLs: each case is a connection that says some lines in turn.</summary>
public sealed partial class PatternCommandTests : IDisposable
{
    private const string NoMap = "Unknown map identifier. Please use #<id> or <file>.\n\n";
    private const string NoAcl = "Unknown ACL identifier. Please use #<id> or <file>.\n\n";
    private const string AddUsage = "'add map' expects three parameters (map identifier, key and value) or one parameter "
        + "(map identifier) and a payload\n\n";

    private readonly string directory = Directory.CreateTempSubdirectory("sluice-lists-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    /// <summary>Commands and what the last of them answers; N stands for an entry's number.</summary>
    public static TheoryData<string, string> Cases() => new()
    {
        { "show map m", "N k1 v1\nN k2 value two\nN k1 dup\n\n" },
        { "show map #0", NoMap },
        { "show map #7", "N foo 1\nN bar 2\n\n" },
        { "show map #", NoMap },
        { "show map #x", NoMap },
        { "show map @", NoMap },
        { "show map nosuch", NoMap },
        { "show map l", NoMap },
        { "show acl m", NoAcl },
        { "show map @0 m", "N k1 v1\nN k2 value two\nN k1 dup\n\n" },
        { "show map @7 m", "\n" },
        { "show acl l", "N /a\nN /b\n\n" },
        { "show acl #77", "N /z\n\n" },
        { "show acl #3", "N 1025:\nN :5\nN 7:9\nN :11\n\n" },
        { "get map m k1", "type=str, case=sensitive, found=yes, idx=tree, key=\"k1\", value=\"v1\", type=\"str\"\n"
            + "type=beg, case=sensitive, found=yes, idx=tree, key=\"k1\", value=\"v1\", type=\"str\"\n\n" },
        { "get map n foo", "type=str, case=sensitive, found=yes, idx=tree, key=\"foo\", value=\"1\", type=\"sint\"\n\n" },
        { "get map ip 10.1.1.1",
            "type=ip, case=sensitive, found=yes, idx=tree, key=\"10.0.0.0/8\", value=\"ten\", type=\"str\"\n\n" },
        { "get map ip nothing", "type=ip, case=sensitive, found=no\n\n" },
        { "get acl l /A1", "type=str, case=sensitive, match=no\n"
            + "type=beg, case=insensitive, match=yes, idx=list, pattern=\"/a\"\n\n" },
        { "get acl #3 2000", "type=int, case=sensitive, match=yes, idx=list, pattern=\"1025:\"\n\n" },
        { "get map m", "Missing map identifier and/or key.\n\n" },
        { "get acl", "Missing ACL identifier and/or key.\n\n" },
        { "get map nosuch k", NoMap },
        { "add map m k3 v3 more|show map m", "N k1 v1\nN k2 value two\nN k1 dup\nN k3 v3\n\n" },
        { "add map m k3", AddUsage },
        { "add map m", AddUsage },
        { "add map", AddUsage },
        { "add map m <<\n", AddUsage },
        { "add map m <<\nk3 v 3\n\n|show map m", "N k1 v1\nN k2 value two\nN k1 dup\nN k3 v 3\n\n" },
        { "add map m <<E\nk3 v3\n\nk4 v4\nE|show map m", "N k1 v1\nN k2 value two\nN k1 dup\nN k3 v3\nN k4 v4\n\n" },
        { "add map m <<\nk3\n", "Missing value for key 'k3'.\n\n" },
        { "add map n <<\na 1\nb x\nc 3\n", "unable to parse 'x'.\n\n" },
        { "add map n <<\na 1\nb x\nc 3\n|show map n", "N foo 1\nN bar 2\nN a 1\n\n" },
        { "add map ip bad v", "'bad' is not a valid IPv4 or IPv6 address.\n\n" },
        { "add map nosuch a b", NoMap },
        { "add acl l /c|get acl l /c", "type=str, case=sensitive, match=yes, idx=tree, pattern=\"/c\"\n"
            + "type=beg, case=insensitive, match=yes, idx=list, pattern=\"/c\"\n\n" },
        { "add acl l", "'add acl' expects two parameters: ACL identifier and pattern.\n\n" },
        { "add acl l <<\n/c\n", "'add acl' expects two parameters: ACL identifier and pattern.\n\n" },
        { "add acl m x", "This ACL is shared with a map containing samples. You must use the command 'add map' to add "
            + "values.\n\n" },
        { "add acl #3 x", "'x' is not a number.\n\n" },
        { "add acl #3 9:2", "'9:2' is not a valid number range.\n\n" },
        { "del map m k1|show map m", "N k2 value two\nN k1 dup\n\n" },
        { "del map m nope", "Key not found.\n\n" },
        { "del map m #0x1", "Key not found.\n\n" },
        { "del map m #zz", "Key not found.\n\n" },
        { "del map m", "This command expects two parameters: map identifier and key.\n\n" },
        { "del acl l", "This command expects two parameters: ACL identifier and key.\n\n" },
        { "del acl l /a|show acl l", "N /b\n\n" },
        { "set map m k1 new val|show map m", "N k1 new\nN k2 value two\nN k1 new\n\n" },
        { "set map m nope v", "entry not found.\n\n" },
        { "set map m #0x1 v", "key or pattern not found.\n\n" },
        { "set map m k1", "'set map' expects three parameters: map identifier, key and value.\n\n" },
        { "set map n foo x", "unable to parse 'x'.\n\n" },
        { "clear map m|show map m", "\n" },
        { "clear map", "Missing map identifier.\n\n" },
        { "clear acl", "Missing ACL identifier.\n\n" },
        { "clear map nosuch", NoMap },
        { "clear map @9 m|show map @0 m", "N k1 v1\nN k2 value two\nN k1 dup\n\n" },
        { "prepare map m", "New version created: 1\n\n" },
        { "prepare map m|prepare map m", "New version created: 2\n\n" },
        { "prepare map", NoMap },
        { "prepare acl nosuch", NoAcl },
        { "add map @1 m a b", "Version number in the future, please use 'prepare map' before.\n\n" },
        { "prepare map m|add map @1 m a b|show map m", "N k1 v1\nN k2 value two\nN k1 dup\n\n" },
        { "prepare map m|add map @1 m a b|show map @1 m", "N a b\n\n" },
        { "prepare map m|add map @1 m a b|clear map @1 m|show map @1 m", "\n" },
        { "prepare map m|add map @1 m a b|commit map @1 m|show map m", "N a b\n\n" },
        { "prepare map m|commit map @1 m|show map m", "\n" },
        { "commit map @1 m", "Version number out of range.\n\n" },
        { "prepare map m|commit map @0 m", "Version number out of range.\n\n" },
        { "commit map m", "Missing version number.\n\n" },
        { "commit acl @1", "Missing ACL identifier.\n\n" },
        { "commit map @1 nosuch", NoMap },
        { "add map virt@v /q good|get map virt@v /q",
            "type=str, case=sensitive, found=yes, idx=tree, key=\"/q\", value=\"good\", type=\"str\"\n\n" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Commands_answer_as_the_reference_does(string commands, string answer)
    {
        AdminServices services = Services();
        string last = "";
        foreach (string command in commands.Split('|')) last = Say(services, command + "\n");
        Assert.Equal(answer, Number().Replace(last, "N "));
    }

    [Fact]
    public void Lists_are_told_with_their_users_and_versions()
    {
        AdminServices services = Services();
        Say(services, "prepare map m\n");
        string maps = Say(services, "show map\n").Replace(directory + "/", "");
        const string rest = "curr_ver=0 next_ver=0 entry_cnt=";
        Assert.Equal(
            "# id (file) description\n"
            + "4 (m) pattern loaded from file 'm' used by map at file 'f' line 12, by map at file 'f' line 12. "
            + "curr_ver=0 next_ver=1 entry_cnt=6\n"
            + $"5 (virt@v) pattern loaded from file 'virt@v' used by map at file 'f' line 12. {rest}0\n"
            + $"6 (ip) pattern loaded from file 'ip' used by map at file 'f' line 13. {rest}1\n"
            + $"7 (n) pattern loaded from file 'n' used by map at file 'f' line 13. {rest}2\n\n",
            maps);
        Assert.StartsWith(
            "# id (file) description\n"
            + "0 (l) pattern loaded from file 'l' used by acl at file 'f' line 8, by acl at file 'f' line 9. "
            + $"{rest}4\n1 () acl 'path' file 'f' line 8. {rest}0\n",
            Say(services, "show acl\n").Replace(directory + "/", ""));
    }

    [Fact]
    public void An_entry_is_named_by_its_number()
    {
        AdminServices services = Services();
        string number = Say(services, $"show map {directory}/m\n").Split('\n')[1].Split(' ')[0];
        Assert.Equal("\n", Say(services, $"set map {directory}/m #{number} other\n"));
        Assert.Contains(" k1 v1\n", Say(services, $"show map {directory}/m\n"));
        Assert.Equal("\n", Say(services, $"del map {directory}/m #{number}\n"));
        Assert.Equal("Key not found.\n\n", Say(services, $"del map {directory}/m k2\n"));
    }

    private AdminServices Services()
    {
        Write("m", "k1 v1\nk2 value two\n# c\nk1 dup\n");
        Write("n", "foo 1\nbar 2\n");
        Write("ip", "10.0.0.0/8 ten\n");
        Write("l", "/a\n/b\n");
        Parsed parsed = Parsed.Of($$"""
            defaults
             mode http
             timeout client 4s
             timeout server 4s
             timeout connect 4s
            frontend fe
             bind 127.0.0.1:8080
             acl a path -f {{directory}}/l
             acl b path_beg -i -f {{directory}}/l
             acl c dst_port gt 1024 le 5 7:9 11
             acl d path -u 77 /z
             http-request set-header A "%[path,map({{directory}}/m)] %[path,map_beg({{directory}}/m)] %[path,map(virt@v)]"
             http-request set-header B "%[src,map_ip({{directory}}/ip)] %[path,map_str_int({{directory}}/n)]"

            """);
        Assert.True(parsed.Configuration is not null, parsed.Said());
        return new AdminServices { Configuration = parsed.Configuration };
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(directory, name), content);

    /// <summary>Names without a directory stand for files there.</summary>
    private string Say(AdminServices services, string line)
    {
        line = ShortName().Replace(line, match => $"{match.Groups[1]}{directory}/{match.Groups[2]}{match.Groups[3]}");
        AdminSession session = new(services, AdminLevel.Admin, 10_000);
        byte[] bytes = Encoding.Latin1.GetBytes(line);
        bytes.CopyTo(session.InputSpace);
        session.Received(bytes.Length);
        while (session.Step())
        {
        }
        return Encoding.Latin1.GetString(session.Output.Waiting);
    }

    [GeneratedRegex("^((?:show|get|add|del|set|clear|prepare|commit) (?:map|acl) (?:@\\w* )?)(m|n|ip|l)([ \n])")]
    private static partial Regex ShortName();

    [GeneratedRegex("0x[0-9a-f]+ ")]
    private static partial Regex Number();
}
