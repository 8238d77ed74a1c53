using Engine.Data.Samples;

namespace Engine.Data.Configuration;

/// <summary>What of a request chooses its server, where the algorithm hashes something (manual section 4.2, <c>balance</c>).</summary>
public sealed class BalanceKey
{
    /// <summary>As written behind <c>hash</c>, or made of the word; null for <c>uri</c>.</summary>
    public string? Text { get; init; }

    public string File { get; init; } = "";

    public int Line { get; init; }

    /// <summary>Compiled from <see cref="Text"/> once the proxy is known.</summary>
    public SampleExpression? Expression { get; set; }

    /// <summary><c>url_param name check_post</c>: where the body of a POST is looked into; null: nowhere.</summary>
    public string? BodyText { get; init; }

    /// <summary>Compiled from <see cref="BodyText"/>.</summary>
    public SampleExpression? BodyExpression { get; init; }

    /// <summary><c>hdr(name) use_domain_only</c>: of <c>www.example.com</c> only <c>example</c>.</summary>
    public bool DomainOnly { get; init; }

    /// <summary><c>uri len</c>: bytes at most; 0: all.</summary>
    public int Length { get; set; }

    /// <summary><c>uri depth</c>: directories at most; 0: all.</summary>
    public int Depth { get; set; }

    /// <summary><c>uri whole</c>: with the query.</summary>
    public bool Whole { get; set; }

    /// <summary><c>uri path-only</c>: without scheme and authority.</summary>
    public bool PathOnly { get; set; }
}
