using System;
using System.Globalization;
using System.Net;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Pages;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>The page for people: a table for each proxy, a row for each frontend, server and backend.</summary>
internal static class HtmlPage
{
    private const string Style = """
        body{font:12px arial,helvetica,sans-serif;color:#111;background:#fff}
        h1{font-size:x-large;margin:0 0 .3em}h2{font-size:14px;background:#e8e8d0;padding:2px 4px;margin:1em 0 0}
        table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:2px 4px;font-size:11px;white-space:nowrap}
        th{background:#20b0b0}td{text-align:right}td.n,td.s{text-align:left}
        .frontend,.backend{background:#e8e8d0;font-weight:bold}.up{background:#c0ffc0}.down{background:#ff9090}
        .going_down{background:#ffffa0}.going_up{background:#ffd020}.no_check{background:#e0e0e0}
        .maint{background:#c07820}.drain,.nolb{background:#80c0ff}.backup td.n{font-style:italic}
        @media (prefers-color-scheme:dark){body{color:#eee;background:#131516}th{background:#147070}
        .frontend,.backend,h2{background:#2f3437}.up{background:#165900}.down{background:#760000}
        .going_down{background:#6c6c00}.going_up{background:#b99200}.no_check{background:#2a2d2f}
        .maint{background:#9a601a}.drain,.nolb{background:#006ab9}a{color:#6af}}
        """;

    private static readonly (string Title, string Columns)[] Groups =
    [
        ("Queue", "qcur qmax"), ("Session rate", "rate rate_max"), ("Sessions", "scur smax slim stot lbtot lastsess"),
        ("Bytes", "bin bout"), ("Denied", "dreq dresp"), ("Errors", "ereq econ eresp"), ("Warnings", "wretr wredis"),
        ("Server", "status last_chk weight act bck chkfail chkdown downtime"),
    ];

    private static readonly string[] Columns =
        string.Join(' ', Array.ConvertAll(Groups, static group => group.Columns)).Split(' ');

    private static readonly (string Value, string Text)[] Actions =
    [
        ("", ""), ("ready", "Set state to READY"), ("drain", "Set state to DRAIN"), ("maint", "Set state to MAINT"),
        ("dhlth", "Health: disable checks"), ("ehlth", "Health: enable checks"), ("hrunn", "Health: force UP"),
        ("hnolb", "Health: force NOLB"), ("hdown", "Health: force DOWN"), ("dagent", "Agent: disable checks"),
        ("eagent", "Agent: enable checks"), ("shutdown", "Kill Sessions"),
    ];

    public static void Write(
        AdminServices services, EngineAccess engine, PageRequest request, PageOptions options, PageBody body)
    {
        StringBuilder text = new();
        StatsPage page = request.Page!;
        string node = page.Node is { } name ? $" on {Escape(name)}" : "";
        text.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><title>Statistics Report for HAProxy").Append(node);
        text.Append("</title>\n<meta http-equiv=\"content-type\" content=\"text/html; charset=iso-8859-1\">\n<style>\n");
        text.Append(Style).Append("\n</style></head>\n<body><h1>HAProxy");
        if (!page.HidesVersion) text.Append(" version ").Append(Escape(services.Version));
        text.Append(CultureInfo.InvariantCulture, $"</h1>\n<p>Statistics Report for pid {Environment.ProcessId}{node}");
        if (page.Description is { } description) text.Append(": ").Append(Escape(description));
        text.Append("</p>\n");
        General(services, text);
        Links(options, text);
        if (page.ShowsLegends) Legend(text);
        Outcome(options, text);
        Proxy? open = null;
        foreach (StatLine line in CollectStats.InTurn(engine, options.Filter, body.IsWanted))
        {
            if (!options.Shows(line.Proxy.Name)) continue;
            if (line.Proxy != open)
            {
                if (open is not null) EndTable(open, request.IsAdmin, text);
                open = line.Proxy;
                BeginTable(open, request, options, text);
            }
            Row(engine, line, request.IsAdmin, text);
            body.Take(text);
        }
        if (open is not null) EndTable(open, request.IsAdmin, text);
        body.Take(text.Append("</body></html>\n"));
    }

    private static void General(AdminServices services, StringBuilder text)
    {
        ProcessReport report = services.Report();
        text.Append(CultureInfo.InvariantCulture,
            $"<p><b>pid = </b> {Environment.ProcessId} (process #1, nbproc = 1, nbthread = {report.Threads})<br>\n"
            + $"<b>uptime = </b> {Duration(report.UptimeMs / 1000)}<br>\n"
            + $"<b>maxsock = </b> {report.DescriptorsNeeded}; <b>maxconn = </b> {report.MaxConnections}<br>\n"
            + $"current conns = {report.Connections}; conn rate = {report.ConnectionRate}/sec; "
            + $"bit rate = {report.BytesOutRate * 8} bps; idle = {report.IdlePercent} %</p>\n");
    }

    private static void Links(PageOptions options, StringBuilder text)
    {
        string path = Escape(options.Path);
        text.Append($"<p><a href=\"{path}{(options.OnlyUp ? "" : ";up")}\">");
        text.Append(options.OnlyUp ? "Show all servers" : "Hide 'DOWN' servers");
        text.Append($"</a> | <a href=\"{path}{Escape(options.Kept)}\">Refresh now</a> | ");
        text.Append($"<a href=\"{path};csv\">CSV export</a> | <a href=\"{path};json\">JSON export</a></p>\n");
    }

    private static void Legend(StringBuilder text)
    {
        text.Append("<table style=\"width:auto\"><tr>");
        foreach (string kind in (string[])["up", "going_down", "going_up", "down", "no_check", "maint", "drain"])
            text.Append($"<td class=\"{kind}\">{kind.Replace('_', ' ')}</td>");
        text.Append("</tr></table>\n");
    }

    private static void Outcome(PageOptions options, StringBuilder text)
    {
        string said = options.Outcome switch
        {
            "" => "",
            "DONE" => "Action processed successfully.",
            "NONE" => "Nothing has changed.",
            "PART" => "Action partially processed.",
            "ERRP" => "Action not processed because of invalid parameters.",
            "EXCD" => "Action not processed : the request is too long, or did not come whole.",
            "DENY" => "Action denied.",
            _ => "Unexpected result.",
        };
        if (said.Length > 0) text.Append($"<p><b>{said}</b></p>\n");
    }

    private static void BeginTable(Proxy proxy, PageRequest request, PageOptions options, StringBuilder text)
    {
        string name = Escape(proxy.Name);
        text.Append($"<h2><a name=\"{name}\"></a>{name}");
        if (proxy.Description is { } description) text.Append(": ").Append(Escape(description));
        text.Append("</h2>\n");
        bool form = request.IsAdmin && proxy.Servers.Length > 0;
        if (form) text.Append($"<form method=\"post\" action=\"{Escape(options.Path + options.Kept)}\">\n");
        text.Append("<table><tr>");
        if (form) text.Append("<th rowspan=2></th>");
        text.Append("<th rowspan=2></th>");
        foreach ((string title, string columns) in Groups)
            text.Append($"<th colspan={columns.Split(' ').Length}>{title}</th>");
        text.Append("</tr>\n<tr>");
        foreach (string column in Columns) text.Append($"<th>{Title(column)}</th>");
        text.Append("</tr>\n");
    }

    private static void EndTable(Proxy proxy, bool admin, StringBuilder text)
    {
        text.Append("</table>\n");
        if (!admin || proxy.Servers.Length == 0) return;
        text.Append("Choose the action to perform on the checked servers : <select name=action>");
        foreach ((string value, string shown) in Actions) text.Append($"<option value=\"{value}\">{shown}</option>");
        text.Append(CultureInfo.InvariantCulture, $"</select><input type=\"hidden\" name=\"b\" value=\"#{proxy.Id}\">");
        text.Append("&nbsp;<input type=\"submit\" value=\"Apply\"></form>\n");
    }

    private static void Row(EngineAccess engine, StatLine line, bool admin, StringBuilder text)
    {
        string kind = line.Server is { } server ? Class(engine, server, line) : line.Kind.ToString().ToLowerInvariant();
        text.Append($"<tr class=\"{kind}\">");
        bool form = admin && line.Proxy.Servers.Length > 0;
        string name = Escape(line["svname"]);
        if (form && line.Server is not null) text.Append($"<td><input type=\"checkbox\" name=\"s\" value=\"{name}\"></td>");
        else if (form) text.Append("<td></td>");
        string shown = line.Kind switch
        {
            StatKind.Frontend => "Frontend",
            StatKind.Backend => "Backend",
            _ => name,
        };
        text.Append($"<td class=n><a name=\"{Escape(line.Proxy.Name)}/{shown}\"></a>{shown}</td>");
        foreach (string column in Columns) Cell(line, column, text);
        text.Append("</tr>\n");
    }

    private static void Cell(StatLine line, string column, StringBuilder text)
    {
        string value = line[column];
        if (column is "status" or "last_chk") text.Append("<td class=s>");
        else text.Append("<td>");
        switch (column)
        {
            case "status" when line.Kind != StatKind.Frontend:
                text.Append(Duration(line.Number("lastchg"))).Append(' ').Append(Escape(value));
                break;
            case "last_chk" when line["check_status"].Length > 0:
                text.Append(Escape(line["check_status"]));
                if (line["check_code"].Length > 0) text.Append('/').Append(line["check_code"]);
                if (line["check_duration"].Length > 0) text.Append(" in ").Append(line["check_duration"]).Append("ms");
                if (value.Length > 0) text.Append(" <small>").Append(Escape(value)).Append("</small>");
                break;
            case "lastsess" or "downtime" when value.Length > 0:
                text.Append(line.Number(column) < 0 ? "?" : Duration(line.Number(column)));
                break;
            case "act" or "bck" when line.Kind == StatKind.Server:
                text.Append(value == "1" ? "Y" : "-");
                break;
            default:
                text.Append(Escape(value));
                break;
        }
        text.Append("</td>");
    }

    private static string Class(EngineAccess engine, Server server, StatLine line)
    {
        string status = line["status"];
        string kind = line.IsInMaintenance ? "maint"
            : status.StartsWith("DOWN ", StringComparison.Ordinal) && status[5] != '(' ? "going_up"
            : status.StartsWith("DOWN", StringComparison.Ordinal) ? "down"
            : status.StartsWith("DRAIN", StringComparison.Ordinal) ? "drain"
            : status.StartsWith("NOLB", StringComparison.Ordinal) ? "nolb"
            : status == "no check" ? "no_check"
            : status.Contains('/') ? "going_down" : "up";
        _ = engine;
        return server.Backup ? $"{kind} backup" : kind;
    }

    private static string Title(string column) =>
        column switch
        {
            "qcur" or "scur" or "rate" => "Cur",
            "qmax" or "smax" or "rate_max" => "Max",
            "slim" => "Limit",
            "stot" => "Total",
            "lbtot" => "LbTot",
            "lastsess" => "Last",
            "bin" => "In",
            "bout" => "Out",
            "dreq" or "ereq" => "Req",
            "dresp" or "eresp" => "Resp",
            "econ" => "Conn",
            "wretr" => "Retr",
            "wredis" => "Redis",
            "status" => "Status",
            "last_chk" => "LastChk",
            "weight" => "Wght",
            "act" => "Act",
            "bck" => "Bck",
            "chkfail" => "Chk",
            "chkdown" => "Dwn",
            _ => "Dwntme",
        };

    /// <summary>The two largest units: <c>1d2h</c>, <c>3m4s</c>.</summary>
    private static string Duration(long seconds)
    {
        TimeSpan time = TimeSpan.FromSeconds(Math.Max(0, seconds));
        if (time.Days > 0) return string.Create(CultureInfo.InvariantCulture, $"{time.Days}d{time.Hours}h");
        if (time.Hours > 0) return string.Create(CultureInfo.InvariantCulture, $"{time.Hours}h{time.Minutes}m");
        if (time.Minutes > 0) return string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m{time.Seconds}s");
        return string.Create(CultureInfo.InvariantCulture, $"{time.Seconds}s");
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
