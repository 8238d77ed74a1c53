using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Benchmarks.EndToEnd;

/// <summary>
/// A policy as sites have it: 10 ACLs (paths, fields, addresses, a map of 100,000 names) and 20 <c>http-request</c> rules,
/// all looked at for each request of the load and none of which ends it.
/// </summary>
public static class PolicyRules
{
    public const int MapEntries = 100_000;

    /// <summary>Name of the map in the directory of the scenario.</summary>
    public const string MapName = "tiers.map";

    /// <summary>The lines of the frontend.</summary>
    public static IEnumerable<string> Lines(string directory)
    {
        string tier = $"req.hdr(host),lower,map({Path.Combine(directory, MapName)},none)";
        return
        [
            "acl is_admin path /admin",
            "acl is_static path_beg /static/ /images/ /css/",
            "acl is_api path_reg ^/api/v[0-9]+/",
            "acl is_document path_end .html .pdf",
            "acl is_local src 127.0.0.0/8",
            "acl is_private src 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16",
            "acl is_example hdr(host) -i www.example.com example.com",
            "acl is_robot hdr_sub(user-agent) -i bot crawler spider",
            "acl is_json hdr(accept) -m sub application/json",
            $"acl is_known {tier} -m str gold silver",
            "http-request deny if is_admin !is_local",
            "http-request deny if is_robot is_api",
            $"http-request set-var(txn.tier) {tier}",
            "http-request set-var(txn.path) path",
            "http-request set-header X-Tier %[var(txn.tier)]",
            "http-request set-header X-Forwarded-Proto http",
            "http-request add-header X-Kind static if is_static or is_example",
            "http-request add-header X-Document 1 if is_document",
            "http-request del-header X-Internal",
            "http-request set-header X-Json 1 if is_json",
            @"http-request replace-header Host ^internal\.(.*)$ \1 if is_example",
            "http-request set-path /v1%[path] if is_api",
            "http-request redirect location /home if is_document is_known",
            "http-request capture req.hdr(user-agent) len 40",
            "http-request set-var(req.cost) int(1) if is_known",
            "http-request set-log-level debug if is_static",
            "http-request deny deny_status 429 if is_robot !is_local",
            "http-request set-header X-Client %[src]",
            "http-request return status 403 if is_private !is_known",
            "http-request del-header X-Debug unless is_private",
        ];
    }

    /// <summary>Writes the map; its names are those of no request of the load.</summary>
    public static void WriteMap(string directory)
    {
        using StreamWriter map = new(Path.Combine(directory, MapName));
        for (int i = 0; i < MapEntries; i++)
            map.Write(string.Create(CultureInfo.InvariantCulture, $"host{i}.example.net {(i % 2 == 0 ? "gold" : "silver")}\n"));
    }
}
