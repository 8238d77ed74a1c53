using System;
using Engine.Data.Worlds;

namespace Engine.Runtime.Admin;

/// <summary>One command as its function sees it.</summary>
/// <param name="session">The connection it came on.</param>
/// <param name="words">All its words, the command's own first.</param>
/// <param name="commandWords">How many of them are the command's own.</param>
/// <param name="payload">Lines after <c>&lt;&lt;</c>, each with its end; null when there is none.</param>
public sealed class AdminRequest(AdminSession session, string[] words, int commandWords, byte[]? payload)
{
    public AdminSession Session { get; } = session;

    public AdminServices Services => Session.Services;

    public AdminOutput Output => Session.Output;

    public ReadOnlySpan<byte> Payload => payload;

    public bool HasPayload => payload is not null;

    /// <summary>Arguments behind the command's own words.</summary>
    public ReadOnlySpan<string> Arguments => words.AsSpan(commandWords);

    /// <summary>An argument, empty where there is none.</summary>
    public string Argument(int number) => number < Arguments.Length ? Arguments[number] : "";

    /// <summary>The running engine: a command that needs it is not served before it runs.</summary>
    public EngineAccess Engine =>
        Services.Engine() ?? throw new InvalidOperationException("the engine does not run yet");

    /// <summary>Has a worker thread do something and waits for it; answers when it does not come to it.</summary>
    public void Do(Action<World> order)
    {
        if (!Engine.Run(order)) Refuse("The worker thread does not answer.");
    }

    /// <summary>The same on every worker thread.</summary>
    public void DoOnAll(Action<World> order)
    {
        if (!Engine.RunOnAll(order)) Refuse("A worker thread does not answer.");
    }

    /// <summary>Adds a line to what is shown.</summary>
    public void Answer(string line) => Output.AddLine(line);

    /// <summary>Answers that it was not done, and why.</summary>
    public void Refuse(string message) => Session.Tell(AdminSeverity.Error, message);

    public void Warn(string message) => Session.Tell(AdminSeverity.Warning, message);

    /// <summary>Answers that something was changed.</summary>
    public void Notify(string message) => Session.Tell(AdminSeverity.Notice, message);

    public void Inform(string message) => Session.Tell(AdminSeverity.Information, message);
}
