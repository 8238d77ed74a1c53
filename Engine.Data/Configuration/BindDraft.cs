namespace Engine.Data.Configuration;

/// <summary>What the words of a <c>bind</c> or <c>stats socket</c> line set, for all its addresses.</summary>
public sealed class BindDraft
{
    /// <summary>Copied for every address of the line.</summary>
    public readonly Listener Listener = new();

    /// <summary>A <c>stats socket</c> line.</summary>
    public bool ForAdmin;

    /// <summary>Sockets that the line opens.</summary>
    public int AddressCount = 1;

    /// <summary>How messages name the line.</summary>
    public string What = "";

    /// <summary><c>expose-fd listeners</c>.</summary>
    public bool ExposesListeners;

    /// <summary><c>severity-output</c>, of the statistics socket.</summary>
    public AdminSeverityOutput SeverityOutput;

    public AdminLevel Level = AdminLevel.Operator;

    public readonly PartBag Parts = new();
}
