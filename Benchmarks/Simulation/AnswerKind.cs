namespace Benchmarks.Simulation;

/// <summary>What a scripted origin does with a request.</summary>
internal enum AnswerKind : byte
{
    /// <summary>Reads all of it and answers.</summary>
    Whole,

    /// <summary>Answers when it has the head, and reads what still comes.</summary>
    Early,

    /// <summary>Answers when it has the head, and closes at once.</summary>
    EarlyClose,

    /// <summary>Reads all of it and says nothing, ever.</summary>
    Never,

    /// <summary>Reads nothing, ever.</summary>
    Deaf,

    /// <summary>Closes with an end when it has the head.</summary>
    CloseBefore,

    /// <summary>Closes with a reset when it has the head.</summary>
    ResetBefore,

    /// <summary>Closes with an end in the middle of the answer.</summary>
    Cut,

    /// <summary>Closes with a reset in the middle of the answer.</summary>
    ResetInside,

    /// <summary>Falls silent in the middle of the answer.</summary>
    Stall,

    /// <summary>Answers with something that is no HTTP.</summary>
    Garbage,

    /// <summary>Its second chunk is none.</summary>
    BadChunk,

    /// <summary>Its head is larger than any buffer.</summary>
    HugeHead,

    /// <summary>Switches protocols although nobody asked for it.</summary>
    Unasked101,

    /// <summary>Goes on sending behind the answer.</summary>
    Surplus,
}
