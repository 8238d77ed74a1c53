namespace Engine.Data.Pages;

/// <summary>A request that a page is to be made for, outside the worker threads.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="Target">The request target.</param>
/// <param name="Page">The page's settings; null for the exporter.</param>
/// <param name="IsAdmin">Servers may be changed.</param>
/// <param name="Form">The body of a POST; null for other methods, and where it is more than a buffer holds.</param>
/// <param name="Thread">The worker thread of the stream.</param>
/// <param name="Stream">Row of the stream there.</param>
/// <param name="Generation">Generation of the row.</param>
public sealed record PageRequest(
    PageKind Kind, string Target, StatsPage? Page, bool IsAdmin, string? Form, int Thread, uint Stream, uint Generation);
