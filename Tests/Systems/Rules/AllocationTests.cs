using System;
using Engine.Data.Rules;
using Tests.Corpora.Rules;
using Tests.Runtime.Configuration;
using Xunit;

namespace Tests.Systems.Rules;

/// <summary>Rules of every kind that a request passes take nothing from the managed heap.</summary>
public sealed class AllocationTests
{
    private const string Text = """
        userlist people
          user b insecure-password secret
        global
          set-var proc.n int(1)
        defaults
          mode http
          timeout client 4s
          timeout server 4s
          timeout connect 4s
        frontend fe
          bind 127.0.0.1:8080
          acl named path_beg /images
          http-request set-var(txn.a) path,lower
          http-request set-var(sess.b) req.hdr(host),lower,word(2,.)
          http-request set-var(proc.n) var(proc.n),add(1)
          http-request set-var-fmt(txn.c) "%[var(txn.a)]-%[var(sess.b)]-%[var(proc.n)]"
          http-request set-var(txn.d,ifnotempty) var(txn.c),concat(<,txn.a,>),add_item(-,sess.b)
          http-request deny if { path_reg ^/v[0-9]+/(?!x) } or { hdr_sub(user-agent) -i bot spider }
          http-request deny if { src 10.0.0.0/8 } { var(txn.a) -m end .php } !named
          http-request set-header X-Map "%[path,map_beg({maps}/m.map,none)] %[src,map_ip({maps}/ip.map)]"
          http-request set-header X-Int "%[int(42),map_int({maps}/int.map)] %[path,map_dir({maps}/m.map)]"
          http-request set-header X-Regm %[path,map_regm({maps}/re.map)]
          http-request set-header X-Sub %[path,regsub(/+,:,g)]
          http-request set-header X-Sum "%[path,sha1,hex] %[path,xxh64] %[path,crc32] %[path,hmac(sha256,a2V5),base64]"
          http-request set-header X-Json "%[req.fhdr(x-json),json_query(\$.a)] %[req.hdr(x-jwt),jwt_verify(HS256,secret)]"
          http-request set-header X-Date "%[date,utime(%Y-%m-%d)] %[date,http_date]"
          http-request set-header X-Acl %[acl(named)]
          http-request replace-header X-List ([a-z]+) [\\1]
          http-request replace-value Cookie (.*)=(.*) \\2=\\1
          http-request replace-path ^/images/(.*) /img/\\1
          http-request set-query %[query,url_enc]
          http-request set-header X-User %[http_auth_user] if { http_auth(people) }
          default_backend be
        backend be

        """;

    [Fact]
    public void Rules_allocate_nothing()
    {
        Parsed parsed = Parsed.Of(Text.Replace("{maps}", RuleCorpus.Maps));
        Assert.True(parsed.Configuration is not null, parsed.Said());
        using RuleWorld world = new(parsed.Configuration!);
        for (int i = 0; i < 50; i++) Run(world);
        long allocated = 0;
        for (int i = 0; i < 50; i++) allocated += Run(world);
        Assert.Equal(0, allocated);
        Assert.Equal("b", world.Field("x-user"));
        Assert.Equal("/img/png/logo/32x32.png", world.Path());
    }

    /// <summary>Bytes that the rules took, the parse of the request not counted.</summary>
    private static long Run(RuleWorld world)
    {
        world.WithRequest(RuleCorpus.Request);
        world.Build(out Engine.Data.Samples.Evaluation scope);
        RuleVerdict verdict = default;
        RuleProgram program = world.Configuration.Proxies[0].HttpRequestRules!;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Engine.Systems.Rules.RunRules.Run(ref scope, program, ref verdict);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(RuleVerdictKind.Continue, verdict.Kind);
        return taken;
    }
}
