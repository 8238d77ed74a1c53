using System.Collections.Generic;
using System.Text.RegularExpressions;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Samples;

namespace Engine.Runtime.Configuration.Keywords.Checks;

/// <summary>An <c>expect</c> while its line is read.</summary>
internal sealed class ExpectDraft
{
    public ExpectKind? Kind;
    public bool Inverted;
    public string Shown = "";
    public string Comment = "";
    public ByteView Pattern;
    public Regex? Regex;
    public FieldExpectation? Field;
    public int MinimumBytes = -1;
    public SampleExpression? CodeOf;
    public LogProgram? PatternOf;
    public bool IsHexadecimal;
    public LogProgram? OnSuccess;
    public LogProgram? OnError;
    private readonly List<(int Low, int High)> ranges = [];
    private CheckStatus ok;
    private CheckStatus error;
    private CheckStatus timeout = CheckStatus.Layer7Timeout;

    /// <summary>The reason why a status is refused; null when it is taken.</summary>
    public string? SetStatus(string word, string value)
    {
        bool known = CheckStatuses.TryFind(value, out CheckStatus status);
        switch (word)
        {
            case "ok-status":
                if (!known || CheckStatuses.Verdict(status) < CheckVerdict.Passed || status == CheckStatus.ProcessOk)
                    return $"'ok-status' only supports 'L4OK', 'L6OK', 'L7OK' or 'L7OKC' status (got '{value}')..";
                ok = status;
                return null;
            case "error-status":
                if (status is not (CheckStatus.Layer4Failed or CheckStatus.Layer6Invalid or CheckStatus.Layer7Invalid
                    or CheckStatus.Layer7Status))
                    return $"'error-status' only supports 'L4CON', 'L6RSP', 'L7RSP' or 'L7STS' status (got '{value}')..";
                error = status;
                return null;
            default:
                if (status is not (CheckStatus.Layer4Timeout or CheckStatus.Layer6Timeout or CheckStatus.Layer7Timeout))
                    return $"'tout-status' only supports 'L4TOUT', 'L6TOUT' or 'L7TOUT' status (got '{value}')..";
                timeout = status;
                return null;
        }
    }

    /// <summary>Takes <c>200-299,304</c>; the reason why not.</summary>
    public string? SetRanges(string text)
    {
        foreach (char c in text)
            if (!char.IsAsciiDigit(c) && c is not (',' or '-')) return $"invalid character '{c}' in the list of status codes.";
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            int low = ConfigurationUnits.Integer(ends[0]);
            int high = ends.Length > 1 ? ConfigurationUnits.Integer(ends[1]) : low;
            if (ends.Length > 2 || low > high) return $"invalid range of status codes '{part}'.";
            ranges.Add((low, high));
        }
        return null;
    }

    public CheckStep Make() => new()
    {
        Kind = CheckStepKind.Expect,
        Expect = Kind!.Value,
        Inverted = Inverted,
        Shown = Shown,
        Comment = Comment,
        Pattern = Pattern,
        Regex = Regex,
        Field = Field,
        MinimumBytes = MinimumBytes,
        CodeOf = CodeOf,
        PatternOf = PatternOf,
        IsHexadecimal = IsHexadecimal,
        OnSuccess = OnSuccess,
        OnError = OnError,
        Statuses = [.. ranges],
        OkStatus = ok,
        ErrorStatus = error,
        TimeoutStatus = timeout,
    };
}
