namespace Engine.Runtime.Admin.Statistics;

/// <summary>What a line of the statistics is about. The numbers are those of the <c>type</c> column.</summary>
internal enum StatKind
{
    Frontend = 0,
    Backend = 1,
    Server = 2,
    Listener = 3,
}
