using System;
using System.Diagnostics.CodeAnalysis;

namespace Engine.Data.Sticky;

/// <summary>What is known of a datum: its name in configuration and commands, and its form.</summary>
/// <param name="Data">Which.</param>
/// <param name="Name">Its word.</param>
/// <param name="Kind">How it is kept.</param>
/// <param name="IsArray">Several of them, <c>gpc(10)</c>.</param>
public sealed record StickDataRow(StickData Data, string Name, StickDataKind Kind, bool IsArray = false)
{
    /// <summary>Elements of an array at most.</summary>
    public const int ArrayMax = 100;

    /// <summary>All, by number.</summary>
    public static readonly StickDataRow[] All =
    [
        new(StickData.ServerId, "server_id", StickDataKind.Signed),
        new(StickData.Gpt0, "gpt0", StickDataKind.Counter),
        new(StickData.Gpc0, "gpc0", StickDataKind.Counter),
        new(StickData.Gpc0Rate, "gpc0_rate", StickDataKind.Rate),
        new(StickData.ConnectionCount, "conn_cnt", StickDataKind.Counter),
        new(StickData.ConnectionRate, "conn_rate", StickDataKind.Rate),
        new(StickData.ConnectionsNow, "conn_cur", StickDataKind.Counter),
        new(StickData.SessionCount, "sess_cnt", StickDataKind.Counter),
        new(StickData.SessionRate, "sess_rate", StickDataKind.Rate),
        new(StickData.RequestCount, "http_req_cnt", StickDataKind.Counter),
        new(StickData.RequestRate, "http_req_rate", StickDataKind.Rate),
        new(StickData.ErrorCount, "http_err_cnt", StickDataKind.Counter),
        new(StickData.ErrorRate, "http_err_rate", StickDataKind.Rate),
        new(StickData.BytesInCount, "bytes_in_cnt", StickDataKind.LongCounter),
        new(StickData.BytesInRate, "bytes_in_rate", StickDataKind.Rate),
        new(StickData.BytesOutCount, "bytes_out_cnt", StickDataKind.LongCounter),
        new(StickData.BytesOutRate, "bytes_out_rate", StickDataKind.Rate),
        new(StickData.Gpc1, "gpc1", StickDataKind.Counter),
        new(StickData.Gpc1Rate, "gpc1_rate", StickDataKind.Rate),
        new(StickData.ServerKey, "server_key", StickDataKind.Text),
        new(StickData.FailureCount, "http_fail_cnt", StickDataKind.Counter),
        new(StickData.FailureRate, "http_fail_rate", StickDataKind.Rate),
        new(StickData.Gpt, "gpt", StickDataKind.Counter, IsArray: true),
        new(StickData.Gpc, "gpc", StickDataKind.Counter, IsArray: true),
        new(StickData.GpcRate, "gpc_rate", StickDataKind.Rate, IsArray: true),
        new(StickData.GlitchCount, "glitch_cnt", StickDataKind.Counter),
        new(StickData.GlitchRate, "glitch_rate", StickDataKind.Rate),
    ];

    /// <summary>Bytes of one element.</summary>
    public int Size => Kind switch { StickDataKind.LongCounter => 8, StickDataKind.Rate => 12, _ => 4 };

    public static bool TryFind(ReadOnlySpan<char> name, [NotNullWhen(true)] out StickDataRow? row)
    {
        foreach (StickDataRow candidate in All)
        {
            if (!name.SequenceEqual(candidate.Name)) continue;
            row = candidate;
            return true;
        }
        row = null;
        return false;
    }
}
