namespace Engine.Runtime.Admin.Pages;

/// <summary>What the page is wanted as.</summary>
internal enum PageForms
{
    Html,
    Csv,
    Json,

    /// <summary>What JSON looks like.</summary>
    Schema,
}
