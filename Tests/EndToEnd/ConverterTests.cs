using System.Linq;
using System.Text;
using Tests.EndToEnd.Harness;
using Xunit;
using Xunit.Abstractions;

namespace Tests.EndToEnd;

/// <summary>Converters and fetches by what they make of fixed values: a table of expressions, asked of one process.</summary>
public sealed class ConverterTests(ITestOutputHelper output) : EndToEndTest(output)
{
    private const string Syn =
        "4500003c0ca04000400630197f0000017f000001d9b61f90ca5b4dbf00000000a002ffd7fe300000"
        + "020405b40402080a0a1b2c3d0000000001030307";

    // IPv6 with a hop-by-hop header of 8 bytes before TCP.
    private const string Syn6 =
        "60a12345001c0040"
        + "00000000000000000000000000000001" + "00000000000000000000000000000002"
        + "0600010400000000" + "0050005100000001000000005002200000000000";

    private const string Tagged = "00112233445566778899aabb88a801238100045608004500";
    private const string Plain = "00112233445566778899aabb080045";
    private const string Fix = "383d4649582e342e3401393d350133353d410131303d31383001";
    private const string Connect = "101900044d51545404c2003c0001620004757365720004706173" + "73";

    private static readonly (string Expression, string Value)[] Cases =
    [
        ($"bin({Syn}),ip.fp,hex", "0050A8FFD705B447"),
        ($"bin({Syn}),ip.fp(7),hex", "0050A8FFD705B4474002040801037F000001"),
        ($"bin({Syn}),ip.data,tcp.options_list,hex", "0204080103"),
        ($"bin({Syn}),ip.data,tcp.options.mss", "1460"),
        ($"bin({Syn}),ip.data,tcp.options.wscale", "7"),
        ($"bin({Syn}),ip.data,tcp.options.wsopt", "1"),
        ($"bin({Syn}),ip.data,tcp.options.sack", "1"),
        ($"bin({Syn}),ip.data,tcp.options.tsopt", "1"),
        ($"bin({Syn}),ip.data,tcp.options.tsval", "169552957"),
        ($"bin({Syn}),ip.data,tcp.flags", "2"),
        ($"bin({Syn}),ip.data,tcp.seq", "3394981311"),
        ($"bin({Syn}),ip.data,tcp.win", "65495"),
        ($"bin({Syn}),ip.data,tcp.src", "55734"),
        ($"bin({Syn}),ip.data,tcp.dst", "8080"),
        ($"bin({Syn}),ip.hdr,hex", "4500003C0CA04000400630197F0000017F000001"),
        ($"bin({Syn}),ip.ttl", "64"),
        ($"bin({Syn}),ip.df", "1"),
        ($"bin({Syn}),ip.tos", "0"),
        ($"bin({Syn}),ip.ver", "4"),
        ($"bin({Syn}),ip.proto", "6"),
        ($"bin({Syn}),ip.src", "127.0.0.1"),
        ($"bin({Syn}),ip.dst", "127.0.0.1"),
        ($"bin({Syn[..60]}),ip.data,tcp.seq", ""),
        ($"bin({Syn[..30]}),ip.src", ""),
        ($"bin({Syn6}),ip.ver", "6"),
        ($"bin({Syn6}),ip.src", "::1"),
        ($"bin({Syn6}),ip.dst", "::2"),
        ($"bin({Syn6}),ip.tos", "10"),
        ($"bin({Syn6}),ip.ttl", "64"),
        ($"bin({Syn6}),ip.df", "1"),
        ($"bin({Syn6}),ip.proto", "6"),
        ($"bin({Syn6}),ip.hdr,bytes(40),hex", "0600010400000000"),
        ($"bin({Syn6}),ip.data,tcp.dst", "81"),
        ($"bin({Syn6}),ip.data,tcp.options.mss", "0"),
        ($"bin({Syn6}),ip.data,tcp.options.tsval", "0"),
        ($"bin({Tagged}),eth.vlan", "1110"),
        ($"bin({Tagged}),eth.proto", "2048"),
        ($"bin({Tagged}),eth.hdr,hex", "00112233445566778899AABB88A80123810004560800"),
        ($"bin({Tagged}),eth.data,hex", "4500"),
        ($"bin({Plain}),eth.vlan", ""),
        ($"bin({Plain}),eth.dst,hex", "001122334455"),
        ($"bin({Plain}),eth.src,hex", "66778899AABB"),
        ($"bin({Fix}),fix_is_valid", "1"),
        ($"bin({Fix[..^4]}3101),fix_is_valid", "0"),
        ($"bin({Fix[..^2]}),fix_is_valid", ""),
        ($"bin({Fix}),fix_tag_value(MsgType)", "A"),
        ($"bin({Fix}),fix_tag_value(35)", "A"),
        ($"bin({Fix}),fix_tag_value(BeginString)", "FIX.4.4"),
        ($"bin({Fix}),fix_tag_value(99)", ""),
        ($"bin({Connect}),mqtt_is_valid", "1"),
        ("bin(20020000ff),mqtt_is_valid", "0"),
        ($"bin({Connect[..^2]}),mqtt_is_valid", ""),
        ("bin(300200),mqtt_is_valid", ""),
        ($"bin({Connect}),mqtt_field_value(connect,protocol_name)", "MQTT"),
        ($"bin({Connect}),mqtt_field_value(CONNECT,Protocol_Version)", "4"),
        ($"bin({Connect}),mqtt_field_value(1,flags)", "194"),
        ($"bin({Connect}),mqtt_field_value(1,keepalive)", "60"),
        ($"bin({Connect}),mqtt_field_value(1,client_identifier)", "b"),
        ($"bin({Connect}),mqtt_field_value(1,username)", "user"),
        ($"bin({Connect}),mqtt_field_value(1,password)", "pass"),
        ($"bin({Connect}),mqtt_field_value(1,will_topic)", ""),
        ("bin(20020000),mqtt_field_value(connack,protocol_version)", "4"),
        ("bin(2003000000),mqtt_field_value(connack,protocol_version)", "5"),
        ("bin(20020105),mqtt_field_value(connack,flags)", "1"),
        ("bin(20020105),mqtt_field_value(connack,reason_code)", "5"),
        ("bin(200800000511000000ff),mqtt_field_value(connack,17)", "255"),
        ("bin(0896012202706f2a02080a),protobuf(1,int32)", "150"),
        ("bin(0896012202706f2a02080a),protobuf(1,sint32)", "75"),
        ("bin(0896012202706f2a02080a),protobuf(4)", "po"),
        ("bin(0896012202706f2a02080a),protobuf(5.1,uint32)", "10"),
        ("bin(0896012202706f2a02080a),protobuf(5,uint32)", ""),
        ("bin(0896012202706f2a02080a),protobuf(9)", ""),
        ("bin(10feffffffffffffffff01),protobuf(2,int64)", "-2"),
        ("bin(0dffffffff),protobuf(1,sfixed32)", "-1"),
        ("bin(0dffffffff),protobuf(1,fixed32)", "4294967295"),
        ("bin(090000000000000c40),protobuf(1,double)", "3"),
        ("bin(0d0000c03f),protobuf(1,float)", "1"),
        ("bin(0000000009089601120461626364),ungrpc(1,uint64)", "150"),
        ("bin(0000000002080a00000000021a00),ungrpc(3),length", "0"),
        ("bin(00000000ff),ungrpc(1)", ""),
        ("str(),rfc7239_nn", "unknown"),
        ("str(test),rfc7239_nn", "_test"),
        ("str(a/b),rfc7239_nn", ""),
        ("ipv6(::1),rfc7239_nn", "[::1]"),
        ("ipv4(1.2.3.4),rfc7239_nn", "1.2.3.4"),
        ("int(12),rfc7239_np", "12"),
        ("str(a),rfc7239_np", "_a"),
        ("str(),rfc7239_np", ""),
        ("str('for=127.0.0.1;proto=http'),rfc7239_is_valid", "1"),
        ("str('for=\"[::1]:80\";host=\"h:80\"'),rfc7239_is_valid", "1"),
        ("str('for=1.2.3.4:80'),rfc7239_is_valid", "0"),
        ("str('proto=custom'),rfc7239_is_valid", "0"),
        ("str('proto=http;proto=https'),rfc7239_is_valid", "0"),
        ("str('proto=http;'),rfc7239_is_valid", "0"),
        ("str('proto=https;host=\"h:80\"'),rfc7239_field(host)", "h:80"),
        ("str('host=a;proto=custom'),rfc7239_field(host)", ""),
        ("str('127.0.0.1:9999'),rfc7239_n2nn", "127.0.0.1"),
        ("str('[::1]:80'),rfc7239_n2nn", "::1"),
        ("str('[::1]:80'),rfc7239_n2np", "80"),
        ("str('_name:_port'),rfc7239_n2nn", "_name"),
        ("str('_name:_port'),rfc7239_n2np", "_port"),
        ("str('unknown'),rfc7239_n2nn", "unknown"),
        ("str('1.2.3.4:99999'),rfc7239_n2np", ""),
        ("str('be'),nbsrv", "2"),
        ("str('nope'),nbsrv", ""),
        ("str('be/s1'),srv_is_up", "1"),
        ("str('be/none'),srv_is_up", ""),
        ("str('be/s1'),srv_queue", "0"),
        ("str('fe'),fe_exists", "1"),
        ("str('be'),fe_exists", "0"),
        ("str('Sun, 06 Nov 1994 08:49:37 GMT'),date", "784111777"),
        ("str('Sunday, 06-Nov-94 08:49:37 GMT'),date", "784111777"),
        ("str('Sun Nov  6 08:49:37 1994'),date", "784111777"),
        ("str('sun, 06 nov 1994 08:49:37 gmt'),date", ""),
        ("str('Sun, 06 Nov 1994 08:49:37'),date", ""),
        ("str(x),when(normal)", "x"),
        ("str(x),when(error)", ""),
        ("str(x),when(!error)", "x"),
        ("str(x),when(forwarded)", ""),
        ("str(x),when(stopping)", ""),
        ("str(x),when(acl,TRUE)", "x"),
        ("str(x),when(!acl,TRUE)", ""),
        ("str(x),debug", "x"),
        ("int(10),x509_v_err_str", "X509_V_ERR_CERT_HAS_EXPIRED"),
        ("int(0),x509_v_err_str", "X509_V_OK"),
        ("int(9999),x509_v_err_str", "9999"),
        ("str(abc),djb2(1)", "2235766107"),
        ("str(abc),sdbm(1)", "659243622"),
        ("be_conn_free(be)", "9"),
        ("srv_conn_free(be/s1)", "4"),
        ("srv_iweight(be/s1)", "7"),
        ("srv_uweight(be/s1)", "7"),
        ("avg_queue(be)", "0"),
        ("str(a1b),regsub(\"\\d\",\"X\")", "aXb"),
        ("str(a\\ b)", "a b"),
        ("str(\"a\\tb\"),hex", "610962"),
        ("str('a\\tb'),hex", "615C7462"),
        ("src_is_local", "1"),
        ("dst_is_local", "1"),
        ("fc_src_is_local", "1"),
        ("fc_err", "0"),
        ("fc_err_str", "Success"),
        ("last_rule_line", ""),
        ("base32", "3212642898"),
        ("url32", "2149092131"),
        ("base32+src,hex", "BF7D0A527F000001"),
    ];

    [Fact]
    public void Every_value_is_that_of_the_reference()
    {
        StringBuilder rules = new();
        for (int i = 0; i < Cases.Length; i++)
        {
            string quoted = Cases[i].Expression.Replace("\\", "\\\\", System.StringComparison.Ordinal)
                .Replace("\"", "\\\"", System.StringComparison.Ordinal);
            rules.Append($"    http-request return status 200 content-type text/plain lf-string \"%[{quoted}]\" ");
            rules.Append($"if {{ req.hdr(case) -m str {i} }}\n");
        }
        Proxy proxy = Start($$"""
            {{HttpDefaults}}
            frontend fe
                bind <fe>
            {{rules}}
            backend be
                server s1 127.0.0.1:1 maxconn 4 weight 7
                server s2 127.0.0.1:1 maxconn 5
            """);
        Wire client = proxy.Connect("fe");
        string wrong = string.Join('\n', Enumerable.Range(0, Cases.Length).Select(i =>
        {
            (string host, string path) = Cases[i].Expression.StartsWith("url32", System.StringComparison.Ordinal)
                ? ("127.0.0.1:17907", "/5")
                : ("127.0.0.1:17907", "/1");
            client.Send($"GET {path} HTTP/1.1\r\nHost: {host}\r\nCase: {i}\r\n\r\n");
            string value = client.ReadResponse().Text;
            return value == Cases[i].Value ? "" : $"{Cases[i].Expression}: {value}, not {Cases[i].Value}";
        }).Where(text => text.Length > 0));
        Assert.True(wrong.Length == 0, wrong);
    }

    [Theory]
    [InlineData("str(a),when(foo)", "expects a supported keyword among")]
    [InlineData("str(a),when(acl)", "'acl' selector requires an extra argument with the ACL name")]
    [InlineData("str(a),when(acl,zz)", "ACL 'zz' not found")]
    [InlineData("bin(00),fix_tag_value(foo)", "Unknown FIX tag name 'foo'")]
    [InlineData("bin(00),mqtt_field_value(foo,flags)", "Unknown MQTT type 'foo'")]
    [InlineData("bin(00),mqtt_field_value(3,flags)", "Unknown MQTT field name 'flags' for packet type '3'")]
    [InlineData("bin(00),mqtt_field_value(connect,99)", "Unknown MQTT field name '99' for packet type 'connect'")]
    [InlineData("bin(00),protobuf(a)", "failed to parse 'a' as type 'Protocol buffers field number' at position 1")]
    [InlineData("bin(00),protobuf(1,string)", "Wrong protocol buffer type 'string'")]
    [InlineData("str(x),ip.fp(zz)", "failed to parse 'zz' as type 'integer' at position 1")]
    public void Wrong_arguments_are_refused(string expression, string reason)
    {
        string path = Bench.WriteFile("wrong.cfg", $"""
            {HttpDefaults}
            frontend fe
                bind <fe>
                http-request set-header x %[{expression}]

            """);
        ProgramResult result = Bench.Run("-c", "-f", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Errors, System.StringComparison.Ordinal);
    }
}
