using System;
using Engine.Data.Tables;

namespace Engine.Data.Health;

/// <summary>Words and meaning of each status.</summary>
public static class CheckStatuses
{
    private static readonly CheckStatusRow[] Rows =
    [
        new(CheckVerdict.Unknown, "UNK", "Unknown"),
        new(CheckVerdict.Unknown, "INI", "Initializing"),
        new(CheckVerdict.Unknown, "", ""),
        new(CheckVerdict.Neutral, "CHECKED", "No status change"),
        new(CheckVerdict.Failed, "HANA", "Health analyze"),
        new(CheckVerdict.Failed, "SOCKERR", "Socket error"),
        new(CheckVerdict.Passed, "L4OK", "Layer4 check passed"),
        new(CheckVerdict.Failed, "L4TOUT", "Layer4 timeout"),
        new(CheckVerdict.Failed, "L4CON", "Layer4 connection problem"),
        new(CheckVerdict.Passed, "L6OK", "Layer6 check passed"),
        new(CheckVerdict.Failed, "L6TOUT", "Layer6 timeout"),
        new(CheckVerdict.Failed, "L6RSP", "Layer6 invalid response"),
        new(CheckVerdict.Failed, "L7TOUT", "Layer7 timeout"),
        new(CheckVerdict.Failed, "L7RSP", "Layer7 invalid response"),
        new(CheckVerdict.Unknown, "", ""),
        new(CheckVerdict.Passed, "L7OK", "Layer7 check passed"),
        new(CheckVerdict.Conditional, "L7OKC", "Layer7 check conditionally passed"),
        new(CheckVerdict.Failed, "L7STS", "Layer7 wrong status"),
        new(CheckVerdict.Failed, "PROCERR", "External check error"),
        new(CheckVerdict.Failed, "PROCTOUT", "External check timeout"),
        new(CheckVerdict.Passed, "PROCOK", "External check passed"),
    ];

    public static CheckVerdict Verdict(CheckStatus status) => Of(status).Verdict;

    /// <summary>The short word, as in the statistics.</summary>
    public static string Word(CheckStatus status) => Of(status).Word;

    /// <summary>The description, as in log lines.</summary>
    public static string Text(CheckStatus status) => Of(status).Text;

    /// <summary>A code stands in what was found, as an HTTP status.</summary>
    public static bool HasCode(CheckStatus status) =>
        status > CheckStatus.Layer7Data;

    /// <summary>The status of a short word; false for none.</summary>
    public static bool TryFind(ReadOnlySpan<char> word, out CheckStatus status)
    {
        for (int i = 0; i < Rows.Length; i++)
        {
            status = (CheckStatus)i;
            if (word.Length > 0 && word.SequenceEqual(Rows[i].Word)) return true;
        }
        status = CheckStatus.Unknown;
        return false;
    }

    private static CheckStatusRow Of(CheckStatus status)
    {
        Check.That((int)status < Rows.Length);
        return Rows[(int)status];
    }
}
