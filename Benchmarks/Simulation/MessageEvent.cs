namespace Benchmarks.Simulation;

/// <summary>What <see cref="MessageReader.Read"/> came to.</summary>
internal enum MessageEvent : byte
{
    /// <summary>The input is used up.</summary>
    More,

    /// <summary>The head is complete; the reader waits to be told of the body.</summary>
    Head,

    /// <summary>A piece of the body.</summary>
    Body,

    /// <summary>The message is complete.</summary>
    Done,

    /// <summary>This is no HTTP.</summary>
    Bad,
}
