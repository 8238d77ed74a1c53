using System.Text.Json.Serialization;

namespace Benchmarks.Load;

/// <summary>
/// Requests that were not answered as they should, by what went wrong. Any makes a run fail.
/// </summary>
public sealed record LoadErrors
{
    /// <summary>Connections refused or failed.</summary>
    public long Connect { get; set; }

    /// <summary>Connections reset or closed before the answer was complete.</summary>
    public long Closed { get; set; }

    /// <summary>Answers with a status other than 2xx.</summary>
    public long Status { get; set; }

    /// <summary>
    /// Answers that are no HTTP/1, have the wrong length, or a framing these programs do not read.
    /// </summary>
    public long Framing { get; set; }

    /// <summary>Answers that did not come in time.</summary>
    public long Timeout { get; set; }

    [JsonIgnore]
    public long Total => Connect + Closed + Status + Framing + Timeout;

    public override string ToString() =>
        $"connect {Connect}, closed {Closed}, status {Status}, framing {Framing}, timeout {Timeout}";
}
