using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Systems.Logs;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>do-log</c>: writes a line now, beside those that streams write by themselves (manual section 4.4).</summary>
internal static unsafe class DoLog
{
    /// <summary>Among the checks of a proxy: before the programs are made.</summary>
    private const int Order = 486;

    private const string Word = "do-log";
    private const int LevelInfo = 6;

    private sealed class Operands(LogOrigin origin)
    {
        public readonly LogOrigin Origin = origin;

        /// <summary>The profile that counts instead of the targets' own; null: theirs.</summary>
        public string? Name;

        public LogProfile? Profile;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        const string usage = "[profile <log_profile>]";
        Words.TcpConnectionActions.Add(new(Word, usage, &OfConnection));
        Words.TcpSessionActions.Add(new(Word, usage, &OfSession));
        Words.TcpRequestActions.Add(new(Word, usage, &OfContent));
        Words.TcpResponseActions.Add(new(Word, usage, &OfAnswer));
        Words.HttpRequestActions.Add(new(Word, usage, &OfRequest));
        Words.HttpResponseActions.Add(new(Word, usage, &OfResponse));
        Words.HttpAfterResponseActions.Add(new(Word, usage, &AfterResponse));
        Words.ProxyChecks.Add(new("profiles of do-log", Order, &FindProfiles) { InDefaults = true });
    }

    private static bool OfConnection(Directive line, ref RuleStep step) => Parse(line, ref step, LogOrigin.TcpRequestConnection);

    private static bool OfSession(Directive line, ref RuleStep step) => Parse(line, ref step, LogOrigin.TcpRequestSession);

    private static bool OfContent(Directive line, ref RuleStep step) => Parse(line, ref step, LogOrigin.TcpRequestContent);

    private static bool OfAnswer(Directive line, ref RuleStep step) => Parse(line, ref step, LogOrigin.TcpResponseContent);

    private static bool OfRequest(Directive line, ref RuleStep step) => Parse(line, ref step, LogOrigin.HttpRequest);

    private static bool OfResponse(Directive line, ref RuleStep step) => Parse(line, ref step, LogOrigin.HttpResponse);

    private static bool AfterResponse(Directive line, ref RuleStep step) => Parse(line, ref step, LogOrigin.HttpAfterResponse);

    private static bool Parse(Directive line, ref RuleStep step, LogOrigin origin)
    {
        Operands operands = new(origin);
        if (line.TryTake("profile"))
        {
            if (line.AtEnd) return ActionLine.Refuse(line, $"action '{Word}': 'profile' expects argument.");
            operands.Name = line.Next();
        }
        step.Operands = operands;
        step.Action = &Write;
        return true;
    }

    private static void FindProfiles(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Parts.Find<RulesPart>() is not { } rules) return;
        foreach (RuleSet set in RuleSet.All)
        {
            foreach (RuleStep step in rules.Of(set))
            {
                if (step.Operands is not Operands { Name: { } name } operands) continue;
                if (draft.Parts.Get<LogProfiles>().ByName.TryGetValue(name, out LogProfile? profile)) operands.Profile = profile;
                else draft.Diagnostics.AlertBare($"Proxy '{proxy.Name}': {Word} action: profile '{name}' is invalid.");
            }
        }
    }

    private static bool Write(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        if (scope.LogBatch == null || scope.Frontend.LogTargets.Length == 0) return true;
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        if (scope.Stream != null)
        {
            OfStream(ref scope, operands);
            return true;
        }
        SessionStream.Make(in scope, out Stream stream, out StreamLog log);
        scope.Stream = &stream;
        scope.Log = &log;
        Emit(ref scope, operands);
        scope.Stream = null;
        scope.Log = null;
        return true;
    }

    /// <summary>The stream's own line still tells of its end.</summary>
    private static void OfStream(ref Evaluation scope, Operands operands)
    {
        LogOrigin origin = scope.Log->Origin;
        long ended = scope.Log->EndedNanoseconds;
        scope.Log->EndedNanoseconds = scope.NowNanoseconds;
        Emit(ref scope, operands);
        scope.Log->EndedNanoseconds = ended;
        scope.Log->Origin = origin;
    }

    private static void Emit(ref Evaluation scope, Operands operands)
    {
        int level = scope.Log->Level;
        if (level == StreamLog.Silent) return;
        int mark = scope.Scratch.Used;
        LogProgram? format = scope.Frontend.LogsConnects ? null : scope.Frontend.LogFormat;
        EmitLines.Run(ref scope, operands.Origin, format, level > 0 ? level - 1 : LevelInfo, operands.Profile);
        scope.Scratch.Rewind(mark);
    }
}
