namespace Engine.Data.Pages;

/// <summary>What makes a page.</summary>
public enum PageKind : byte
{
    Statistics,
    StatisticsForm,

    /// <summary><c>use-service prometheus-exporter</c>.</summary>
    Exporter,
}
