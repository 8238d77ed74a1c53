using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Runtime.Admin;
using Xunit;

namespace Tests.Runtime.Admin;

public sealed class AdminSessionTests
{
    static AdminSessionTests() =>
        RuntimeHelpers.RunModuleConstructor(typeof(AdminSession).Module.ModuleHandle);

    private static readonly AdminServices Services = new()
    {
        Configuration = new CompiledConfiguration
        {
            Globals = new Globals
            {
                Node = "here",
                AdminSockets =
                [
                    new AdminSocket { Path = "/run/a.sock", Level = AdminLevel.Admin },
                    new AdminSocket { Path = "name", Abstract = true, Level = AdminLevel.User },
                    new AdminSocket { InheritedFd = 5, Level = AdminLevel.Admin },
                    new AdminSocket { Address = SocketAddress.Inet([127, 0, 0, 1], 9999) },
                    new AdminSocket { Address = SocketAddress.Inet(new byte[16], 9999) },
                ],
            },
        },
        Version = "V",
        LineMax = 1024,
        Report = static () => new ProcessReport { UptimeMs = 93_784_000, Threads = 3, MaxConnections = 77 },
    };

    private const string PromptUsage = "Usage: prompt [help | n | i | p | timed]*\n";

    /// <summary>Input and everything that comes back until the connection is closed or wants more.</summary>
    public static TheoryData<string, string> Dialogues() => new()
    {
        // One line, whatever it holds, and the end of each answer.
        { "show version\n", "V\n\n." },
        { "show version\nshow version\n", "V\n\n." },
        { "show version;show cli level\n", "V\n\nadmin\n\n." },
        { "show version", "." },
        { "\n", "\n." },
        { ";;\n", "\n\n\n." },
        { ";show version;\n", "\nV\n\n\n." },
        { "", "." },
        { "  show \t version  \n", "V\n\n." },
        { "show version extra\n", "V\n\n." },
        { "show version\r\n", "V\n\n\n." },
        { "quit\n", "." },
        { "show version;quit;show version\n", "V\n\n." },

        // Words.
        { "echo hello  world\n", "hello world\n\n." },
        { "echo\n", "\n\n." },
        { "echo a\\ b \\x41 \\\\ 'q q' $HOME\n", "a b x41 \\ 'q q' $HOME\n\n." },
        { "echo a\\;b;echo c\n", "a;b\n\nc\n\n." },
        { "echo a\0echo b\n", "a\n\nb\n\n." },
        { "echo x \\\nfoo\n", "x \nfoo\n\n." },
        { "echo \\\\\nfoo\n", "\\\n\n." },

        // Interactive, with and without a prompt.
        { "prompt\nquit\n", "\n> ." },
        { "prompt\nshow version\nquit\n", "\n> V\n\n> ." },
        { "prompt i\nshow version\nshow cli level\nquit\n", "\nV\n\nadmin\n\n." },
        { "prompt i\n\n\nshow version\n", "\n\n\nV\n\n." },
        { "prompt i\nshow version", "\n." },
        { "prompt n\nshow version\n", "\n." },
        { "prompt;show version\nquit\n", "\nV\n\n> ." },
        { "prompt\nprompt\nshow version\n", "\n> \n." },
        { "prompt n p i\nshow version\n", "\nV\n\n." },
        { "prompt timed\nquit\n", "\n[1:02:03:04]> ." },
        { "prompt\nprompt timed\nprompt timed\nprompt n timed\n", "\n> \n[1:02:03:04]> \n> \n." },

        // Payloads.
        { "echo a <<\nb\n\n", "a\n\n." },
        { "echo <<\nb\n\n", "\n\n." },
        { "echo a <<EOF\nb\n\nc\nEOF\n", "a\n\n." },
        { "echo a;echo b <<\nc\n\n", "a\n\nb\n\n." },
        { "echo a<<\n", "a<<\n\n." },
        { "echo a << \n", "a <<\n\n." },
        { "echo a <<;echo b\n", "a <<\n\nb\n\n." },
        { "prompt i\necho a <<\nb\n\necho c\n", "\na\n\nc\n\n." },
        { "echo a <<\nb\n", "." },

        // Levels and modes.
        { "user;show cli level\n", "\nuser\n\n." },
        { "prompt i\nuser\noperator\nshow cli level\nshow env\n",
            "\n\nPermission denied\n\nuser\n\nPermission denied\n\n." },
        { "operator;expert-mode on\n", "\nPermission denied\n\n." },
        { "expert-mode;expert-mode on;expert-mode;expert-mode off;expert-mode\n",
            "expert-mode is OFF\n\n\nexpert-mode is ON\n\n\nexpert-mode is OFF\n\n." },
        { "experimental-mode on;user;experimental-mode\n", "\n\nPermission denied\n\n." },
        { "set timeout\n", "'set timeout' only supports 'cli'.\n\n." },
        { "set timeout cli\n", "Expects an integer value.\n\n." },
        { "set timeout cli xx\n", "Invalid timeout value.\n\n." },
        { "set timeout cli 0\n", "Invalid timeout value.\n\n." },
        { "set timeout cli 5\n", "\n." },

        // How much a message matters.
        { "set severity-output\n", "one of 'none', 'number', 'string' is a required argument\n\n." },
        { "set severity-output number;show version;set timeout;echo x;show cli sockets x\n",
            "\n[6]: V\n\n[3]: 'set timeout' only supports 'cli'.\n\n[6]: x\n\n# socket lvl processes\nunix@/run/a.sock admin all\n"
            + "abns@name user all\nipv4@127.0.0.1:9999 operator all\nipv6@[::]:9999 operator all\n\n." },
        { "set severity-output string;user;show env;set severity-output none;show env\n",
            "\n\n[err]: Permission denied\n\n\nPermission denied\n\n." },

        // What is shown.
        { "show cli sockets\n",
            "# socket lvl processes\nunix@/run/a.sock admin all\nabns@name user all\n"
            + "ipv4@127.0.0.1:9999 operator all\nipv6@[::]:9999 operator all\n\n." },
        { "show env SLUICE_NO_SUCH_VARIABLE\n", "Variable not found\n\n." },
    };

    [Theory]
    [MemberData(nameof(Dialogues))]
    public void Answers_are_those_of_the_reference(string input, string output)
    {
        Assert.Equal(output, Talk(input, input.Length));
        // Nothing depends on how the bytes arrive, but for the prompt of a payload.
        for (int split = 1; split < input.Length; split++) Assert.Equal(output, Talk(input, split));
    }

    [Theory]
    [InlineData("prompt help\n")]
    [InlineData("prompt zzz\n")]
    [InlineData("prompt i zzz\n")]
    public void Prompt_explains_itself(string input) => Assert.StartsWith(PromptUsage, Talk(input, input.Length));

    [Fact]
    public void A_payload_is_asked_for_with_a_prompt_of_its_own()
    {
        AdminSession session = New();
        Assert.Equal("\n> ", Say(session, "prompt\n"));
        Assert.Equal("+ ", Say(session, "echo a <<\n"));
        Assert.Equal("+ ", Say(session, "b\n"));
        Assert.Equal("", Say(session, "c"));
        Assert.Equal("+ ", Say(session, "\n"));
        Assert.Equal("a\n\n> ", Say(session, "\n"));
        Assert.False(session.Done);
    }

    [Fact]
    public void A_line_longer_than_a_buffer_ends_the_connection()
    {
        string tooLong = "echo " + new string('x', 1020) + "\n";
        Assert.Equal(
            "The command line is too big for the buffer size. Please change 'tune.bufsize' in the configuration "
            + "to use a bigger command.\n.",
            Talk(tooLong, tooLong.Length));
        string fits = "echo " + new string('x', 1018) + "\n";
        Assert.Equal(new string('x', 1018) + "\n\n.", Talk(fits, fits.Length));
    }

    [Fact]
    public void A_payload_may_be_long_in_lines_of_any_length_up_to_a_limit()
    {
        string line = new('x', 5000);
        string payload = "echo a <<\n" + string.Concat(Enumerable.Repeat(line + "\n", 20)) + "\n";
        Assert.Equal("a\n\n.", Talk(payload, payload.Length));
        string beyond = "echo a <<\n" + string.Concat(Enumerable.Repeat(line + "\n", 27)) + "\n";
        Assert.StartsWith("The payload is too big", Talk(beyond, beyond.Length));
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void A_command_has_so_many_words_at_most(int words, bool refused)
    {
        string input = "echo" + string.Concat(Enumerable.Repeat(" a", words - 1)) + "\n";
        string output = Talk(input, input.Length);
        Assert.Equal(refused, output == "Too many arguments. Commands must have at most 64 arguments.\n\n.");
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_payload_ends_with_a_pattern_of_so_many_characters_at_most(int length, bool payload)
    {
        string pattern = new('E', length);
        string input = $"echo a <<{pattern}\nb\n{pattern}\n";
        Assert.Equal(payload ? "a\n\n." : $"a <<{pattern}\n\n.", Talk(input, input.Length));
    }

    [Fact]
    public void Unknown_commands_are_answered_with_those_they_resemble()
    {
        string[] closing =
        [
            "  help [<command>]                        : list matching or all commands",
            "  prompt [help | n | i | p | timed ]*     : toggle interactive mode with prompt",
            "  quit                                    : disconnect",
            "",
            ".",
        ];
        string[] lines = Talk("sow versoin\n", 5).Split('\n');
        Assert.Equal("Unknown command: 'sow', but maybe one of the following ones is a better match:", lines[0]);
        Assert.Contains("  show version                            : show version of the current process", lines);
        Assert.Equal(closing, lines[^5..]);
        lines = Talk("show cli\n", 5).Split('\n');
        Assert.StartsWith("  show cli level  ", lines[1]);
        Assert.StartsWith("  show cli sockets  ", lines[2]);
        Assert.Equal(closing, lines[3..]);
        // Listed nowhere, on purpose.
        Assert.DoesNotContain("expert-mode", Talk("help\n", 5));
    }

    [Fact]
    public void Help_lists_every_command_that_is_not_hidden()
    {
        string help = Talk("help\n", 5);
        Assert.StartsWith("The following commands are valid at this level:\n", help);
        foreach (CliCommand command in Words.CliCommands.Rows)
            Assert.Equal(IsListed(command), help.Contains($"\n  {command.Word} ", StringComparison.Ordinal));
    }

    [Fact]
    public void Info_has_its_fields_in_every_form()
    {
        string plain = Talk("show info\n", 5);
        Assert.StartsWith("Name: HAProxy\nVersion: V\n", plain);
        Assert.Contains("\nNbthread: 3\n", plain);
        Assert.Contains("\nUptime: 1d 2h03m04s\nUptime_sec: 93784\n", plain);
        Assert.Contains("\nMaxconn: 77\n", plain);
        Assert.Contains("\nnode: here\nStopping: 0\n", plain);
        Assert.DoesNotContain("description", plain);
        string typed = Talk("show info typed\n", 5);
        Assert.StartsWith("0.Name.1:POSV:str:HAProxy\n1.Version.1:POSV:str:V\n", typed);
        Assert.Contains("\n47.Tasks.1:MGPV:u32:0\n", typed);
        Assert.EndsWith("\n81.NbThreadGroups.1:CGSV:u32:1\n\n.", typed);
        Assert.Contains("\nMaxconn: 77:\"Client connections at most (maxconn)\"\n", Talk("show info desc\n", 5));
        Assert.Contains("\nUptime_sec: 93784\n", Talk("show info float\n", 5));
        string json = Talk("show info json\n", 5);
        Assert.StartsWith(
            "[{\"field\":{\"pos\":0,\"name\":\"Name\"},\"processNum\":1,\"tags\":{\"origin\":\"Product\",\"nature\":"
            + "\"Output\",\"scope\":\"Service\"},\"value\":{\"type\":\"str\",\"value\":\"HAProxy\"}},{\"field\":",
            json);
        using System.Text.Json.JsonDocument document = System.Text.Json.JsonDocument.Parse(json[..^1]);
        Assert.Equal(79, document.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("5", 5000)]
    [InlineData("5s", 5000)]
    [InlineData("5ms", 5)]
    [InlineData("1500us", 1)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    [InlineData("0", 0)]
    [InlineData("1us", 0)]
    [InlineData("", 0)]
    [InlineData("-1", 0)]
    [InlineData("5x", 0)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("3000000", 0)]
    public void Timeouts_are_seconds_unless_they_say_otherwise(string text, uint milliseconds)
    {
        AdminSession session = New();
        Say(session, $"prompt i\nset timeout cli {text}\n");
        Assert.Equal(milliseconds == 0 ? 10_000 : milliseconds, session.TimeoutMs);
    }

    [Fact]
    public void Random_bytes_do_no_harm()
    {
        Random random = new(4711);
        string[] pieces =
            ["prompt i\n", "show info", "\n", " <<", ";", "\\", "\r", "\0", "echo ", "zz", "\n\n", "quit"];
        for (int round = 0; round < 2000; round++)
        {
            StringBuilder input = new("prompt i\n");
            for (int i = random.Next(30); i > 0; i--) input.Append(pieces[random.Next(pieces.Length)]);
            string text = input.ToString();
            string whole = Talk(text, text.Length);
            Assert.EndsWith(".", whole);
            Assert.Equal(whole, Talk(text, random.Next(1, 9)));
        }
    }

    private static bool IsListed(CliCommand command) => command is { Hidden: false, Expert: false, Experimental: false };

    private static AdminSession New() => new(Services, AdminLevel.Admin, 10_000);

    /// <summary>
    /// Hands the input over in pieces, then its end; a dot marks where the connection was closed.
    /// </summary>
    private static string Talk(string input, int pieceLength)
    {
        AdminSession session = New();
        StringBuilder output = new();
        int piece = Math.Max(1, pieceLength);
        for (int at = 0; at < input.Length && !session.Done; at += piece)
            output.Append(Say(session, input.Substring(at, Math.Min(piece, input.Length - at))));
        if (!session.Done)
        {
            session.Received(0);
            output.Append(Drain(session));
        }
        Assert.True(session.Done);
        return output.Append('.').ToString();
    }

    private static string Say(AdminSession session, string input)
    {
        ReadOnlySpan<byte> bytes = Encoding.Latin1.GetBytes(input);
        StringBuilder output = new();
        while (!bytes.IsEmpty && !session.Done)
        {
            Span<byte> space = session.InputSpace;
            int count = Math.Min(space.Length, bytes.Length);
            bytes[..count].CopyTo(space);
            session.Received(count);
            bytes = bytes[count..];
            output.Append(Drain(session));
        }
        return output.ToString();
    }

    private static string Drain(AdminSession session)
    {
        while (session.Step())
        {
        }
        string output = Encoding.Latin1.GetString(session.Output.Waiting);
        session.Output.Remove(session.Output.Count);
        return output;
    }
}
