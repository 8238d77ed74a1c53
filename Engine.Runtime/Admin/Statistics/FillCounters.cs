using System;
using Engine.Data.Counters;

namespace Engine.Runtime.Admin.Statistics;

/// <summary>Sets what a column of the statistics shows; columns that no counter of its own stands behind are left.</summary>
internal static class FillCounters
{
    public static void Frontend(ref ProxyCounters counters, string column, ulong value)
    {
        switch (column)
        {
            case "stot": counters.Connections = value; break;
            case "bin": counters.FrontendBytesIn = value; break;
            case "bout": counters.FrontendBytesOut = value; break;
            case "dreq": counters.DeniedRequests = value; break;
            case "ereq": counters.FailedRequests = value; break;
            case "req_tot": counters.Requests = value; break;
            case "intercepted": counters.Intercepted = value; break;
            case "dcon": counters.DeniedConnections = value; break;
            case "dses": counters.DeniedSessions = value; break;
            case "wrew": counters.FrontendFailedEdits = value; break;
            default: Status(ref counters.FrontendStatus, column, value); break;
        }
    }

    public static void Backend(ref ProxyCounters counters, string column, ulong value)
    {
        switch (column)
        {
            case "stot": counters.Sessions = value; break;
            case "lbtot": counters.LoadBalanced = value; break;
            case "dreq": counters.BackendDeniedRequests = value; break;
            case "bin": counters.BackendBytesIn = value; break;
            case "bout": counters.BackendBytesOut = value; break;
            case "dresp": counters.DeniedResponses = value; break;
            case "econ": counters.FailedConnections = value; break;
            case "eresp": counters.FailedResponses = value; break;
            case "wretr": counters.Retries = value; break;
            case "wredis": counters.Redispatches = value; break;
            case "cli_abrt": counters.ClientAborts = value; break;
            case "srv_abrt": counters.ServerAborts = value; break;
            case "wrew": counters.BackendFailedEdits = value; break;
            case "connect": counters.ConnectsMade = value; break;
            case "reuse": counters.ConnectionsReused = value; break;
            default: Status(ref counters.BackendStatus, column, value); break;
        }
    }

    public static void Server(ref ServerCounters counters, string column, ulong value)
    {
        switch (column)
        {
            case "stot": counters.Sessions = value; break;
            case "lbtot": counters.LoadBalanced = value; break;
            case "bin": counters.BytesIn = value; break;
            case "bout": counters.BytesOut = value; break;
            case "econ": counters.FailedConnections = value; break;
            case "eresp": counters.FailedResponses = value; break;
            case "wretr": counters.Retries = value; break;
            case "wredis": counters.Redispatches = value; break;
            case "cli_abrt": counters.ClientAborts = value; break;
            case "srv_abrt": counters.ServerAborts = value; break;
            case "wrew": counters.FailedEdits = value; break;
            case "connect": counters.ConnectsMade = value; break;
            case "reuse": counters.ConnectionsReused = value; break;
            default: Status(ref counters.Status, column, value); break;
        }
    }

    public static void Listener(ref ListenerCounters counters, string column, ulong value)
    {
        switch (column)
        {
            case "stot": counters.Connections = value; break;
            case "bin": counters.BytesIn = value; break;
            case "bout": counters.BytesOut = value; break;
            case "dreq": counters.DeniedRequests = value; break;
            case "dresp": counters.DeniedResponses = value; break;
            case "ereq": counters.FailedRequests = value; break;
            case "dcon": counters.DeniedConnections = value; break;
            case "wrew": counters.FailedEdits = value; break;
        }
    }

    private static void Status(ref StatusCounters counters, string column, ulong value)
    {
        if (!column.StartsWith("hrsp_", StringComparison.Ordinal) || column.Length < 6) return;
        if (column == "hrsp_other") counters[0] = value;
        else if (column[5] is >= '1' and <= '5') counters[column[5] - '0'] = value;
    }
}
