namespace Engine.Data.Configuration;

/// <summary>What the words of a <c>bind</c> or <c>stats socket</c> line set, for all its addresses.</summary>
public sealed class BindDraft
{
    /// <summary>Copied for every address of the line.</summary>
    public Listener Listener { get; } = new();

    /// <summary>A <c>stats socket</c> line.</summary>
    public bool ForAdmin { get; init; }

    /// <summary>Sockets that the line opens.</summary>
    public int AddressCount { get; init; } = 1;

    /// <summary>How messages name the line.</summary>
    public string What { get; set; } = "";

    public AdminLevel Level { get; set; } = AdminLevel.Operator;

    public PartBag Parts { get; } = new();
}
