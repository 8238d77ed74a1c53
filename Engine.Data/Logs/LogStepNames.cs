using System;

namespace Engine.Data.Logs;

/// <summary>The words of <c>log-steps</c> and of log profiles' <c>on</c> for the steps.</summary>
public static class LogStepNames
{
    /// <summary>Steps that a stream passes by itself, in their order, then those of <c>do-log</c>.</summary>
    private static readonly (string Name, LogOrigin Origin)[] Steps =
    [
        ("accept", LogOrigin.Accept), ("request", LogOrigin.Request), ("connect", LogOrigin.Connect),
        ("response", LogOrigin.Response), ("close", LogOrigin.Close),
        ("http-req", LogOrigin.HttpRequest), ("http-res", LogOrigin.HttpResponse),
        ("http-after-res", LogOrigin.HttpAfterResponse), ("tcp-req-conn", LogOrigin.TcpRequestConnection),
        ("tcp-req-sess", LogOrigin.TcpRequestSession), ("tcp-req-cont", LogOrigin.TcpRequestContent),
        ("tcp-res-cont", LogOrigin.TcpResponseContent),
    ];

    /// <summary>Those of the first kind.</summary>
    private const int OwnCount = 5;

    public static ReadOnlySpan<(string Name, LogOrigin Origin)> All => Steps;

    /// <summary>Those that rules bring about.</summary>
    public static ReadOnlySpan<(string Name, LogOrigin Origin)> OfRules => Steps.AsSpan(OwnCount);

    /// <summary>False when there is no such step.</summary>
    public static bool TryFind(string name, out LogOrigin origin)
    {
        foreach ((string word, LogOrigin step) in Steps)
        {
            if (word != name) continue;
            origin = step;
            return true;
        }
        origin = LogOrigin.Unspecified;
        return false;
    }
}
