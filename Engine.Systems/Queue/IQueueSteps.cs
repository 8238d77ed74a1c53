namespace Engine.Systems.Queue;

/// <summary>
/// The places between which other threads may act. The program binds <see cref="NoSteps"/>, of which the compiler leaves
/// nothing; tests bind one that lets every order of two threads' steps happen.
/// </summary>
public interface IQueueSteps
{
    /// <summary>The thread comes to a place.</summary>
    static abstract void Reach(QueueStep step);

    /// <summary>Takes the lock of a queue.</summary>
    static abstract void Enter(ref int word);

    /// <summary>Whether a second look is taken; false only where a test shows what it is there for.</summary>
    static abstract bool LooksAgain(QueueStep step);
}
