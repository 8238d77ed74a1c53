using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Variables of the process that are read and set by commands.</summary>
public sealed class VariableCommandTests(ITestOutputHelper output) : AdminSocketTest(output)
{
    [Theory]
    [InlineData("get var proc.text", "proc.text: type=str value=<hello>\n\n")]
    [InlineData("get var proc.number", "proc.number: type=sint value=<12>\n\n")]
    [InlineData("get var proc.none", "Variable not found.\n\n")]
    [InlineData("get var txn.a", "Variable not found.\n\n")]
    [InlineData("get var", "Missing process-wide variable identifier.\n\n")]
    [InlineData("set var proc.text str(x)", "This command is restricted to experimental mode only.\n\n")]
    [InlineData("operator; get var proc.number", "\nproc.number: type=sint value=<12>\n\n")]
    [InlineData("user; get var proc.number", "\nPermission denied\n\n")]
    public void A_variable_is_shown_with_its_type(string command, string answer)
    {
        StartVariables();
        Assert.Equal(answer, Say(command));
    }

    [Theory]
    [InlineData("", "Missing process-wide variable identifier.\n\n", "")]
    [InlineData("proc.a", "Missing either 'expr', 'fmt' or expression.\n\n", "")]
    [InlineData("proc.a int(5),add(2)", "\n", "proc.a: type=sint value=<7>\n\n")]
    [InlineData("proc.a expr str(a),upper", "\n", "proc.a: type=str value=<A>\n\n")]
    [InlineData("proc.a fmt %[str(x)]-%[int(3)]", "\n", "proc.a: type=str value=<x-3>\n\n")]
    [InlineData("proc.a bool(true)", "\n", "proc.a: type=bool value=<1>\n\n")]
    [InlineData("proc.a var(proc.number),add(1)", "\n", "proc.a: type=sint value=<13>\n\n")]
    [InlineData("proc.a var(txn.b)", "\n", "Variable not found.\n\n")]
    [InlineData("proc.a str(1.2.3.4),ipmask(24)", "\n", "proc.a: type=ipv4 value=<1.2.3.0>\n\n")]
    [InlineData("proc.a str(a) b", "'set var': arg type must be either 'expr' or 'fmt' but got 'str(a)'.\n\n", "")]
    [InlineData("txn.a str(a)", "'set var': cannot set variable 'txn.a', only scope 'proc' is permitted here.\n\n", "")]
    [InlineData("proc.a nosuch(a)", "unknown fetch method 'nosuch'\n\n", "")]
    [InlineData("proc.a path", "fetch method 'set-var(proc.a)' extracts information from 'HTTP request headers', none of "
        + "which is available here\n\n", "")]
    public void A_variable_is_set_to_what_an_expression_or_a_format_gives(string arguments, string answer, string after)
    {
        StartVariables();
        Assert.Equal("\n" + answer, Say("experimental-mode on; set var " + arguments));
        if (after.Length > 0) Assert.Equal(after, Say("get var proc.a"));
    }

    [Fact]
    public void Requests_see_what_commands_set()
    {
        Proxy proxy = StartVariables();
        Say("experimental-mode on; set var proc.text str(new)");
        Wire client = proxy.Connect("fe");
        client.Send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Assert.Equal("new", client.ReadResponse().Text);
    }

    private Proxy StartVariables() => StartApi(HttpDefaults + """
        frontend fe
            bind <fe>
            http-request return status 200 content-type text/plain lf-string %[var(proc.text)]
        """, "set-var proc.text str(hello)\nset-var proc.number int(12)");
}
