namespace Engine.Data.Pages;

/// <summary>Native memory of a page, for as long as a stream sends it.</summary>
/// <param name="Start">Address, from NativeMemory.</param>
/// <param name="Stream">Row of the stream.</param>
/// <param name="Generation">Generation of the row: another one means that the stream is over.</param>
public readonly record struct PageBlock(nint Start, uint Stream, uint Generation);
