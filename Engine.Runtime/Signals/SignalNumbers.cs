namespace Engine.Runtime.Signals;

/// <summary>
/// Linux's numbers of the signals we take or send, the same on x86-64 and arm64 (signal(7)).
/// </summary>
public static class SignalNumbers
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int User1 = 10;
    public const int User2 = 12;
    public const int Pipe = 13;
    public const int Terminate = 15;
    public const int TerminalInput = 21;
    public const int TerminalOutput = 22;

    /// <summary>What a signal asks for; None for one that is taken and ignored.</summary>
    public static Signal Meaning(int number) =>
        number switch
        {
            Terminate => Signal.HardStop,
            Interrupt => Signal.Interrupt,
            User1 => Signal.SoftStop,
            TerminalOutput => Signal.Pause,
            TerminalInput => Signal.Resume,
            HangUp => Signal.DumpServers,
            Quit => Signal.DumpMemory,
            _ => Signal.None,
        };
}
