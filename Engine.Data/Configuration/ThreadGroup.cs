namespace Engine.Data.Configuration;

/// <summary>
/// A group of threads (manual section 3.1, <c>thread-groups</c>). Here it is a name for some threads, by which <c>cpu-map</c>
/// and <c>thread</c> speak of them.
/// </summary>
/// <param name="First">Number of its first thread, from 0.</param>
/// <param name="Count">Its threads, which follow one another.</param>
public readonly record struct ThreadGroup(int First, int Count);
