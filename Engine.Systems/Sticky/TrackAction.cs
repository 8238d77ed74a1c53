using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Systems.Rules;
using Engine.Systems.Rules.Actions;
using Engine.Systems.Samples;

namespace Engine.Systems.Sticky;

/// <summary><c>track-sc&lt;number&gt; &lt;key&gt; [table &lt;table&gt;]</c> (manual section 4.4).</summary>
internal static unsafe class TrackAction
{
    /// <summary>Among the checks of a proxy: before the programs are made.</summary>
    private const int Order = 485;

    private const string Word = "track-sc";

    private sealed class Operands
    {
        public SampleExpression Expression = null!;

        /// <summary>Which of the places: <c>track-sc0</c> is the first.</summary>
        public int Place;

        public int Table = -1;

        /// <summary>As written; null: the section's own.</summary>
        public string? TableName;

        public bool OfSession;
        public bool OfResponse;

        /// <summary>The request was counted before: it is counted here.</summary>
        public bool CountsRequest;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        const string usage = "<number> <key> [table <table>]";
        Words.TcpConnectionActions.Add(new(Word, usage, &ParseSession) { MatchesPrefix = true });
        Words.TcpSessionActions.Add(new(Word, usage, &ParseSession) { MatchesPrefix = true });
        Words.TcpRequestActions.Add(new(Word, usage, &ParseContent) { MatchesPrefix = true });
        Words.HttpRequestActions.Add(new(Word, usage, &ParseRequest) { MatchesPrefix = true });
        Words.HttpResponseActions.Add(new(Word, usage, &ParseResponse) { MatchesPrefix = true });
        Words.ProxyChecks.Add(new("tracked tables", Order, &Check) { InDefaults = true });
    }

    private static bool ParseSession(Directive line, ref RuleStep step) => Parse(line, ref step, new() { OfSession = true });

    private static bool ParseContent(Directive line, ref RuleStep step) => Parse(line, ref step, new());

    private static bool ParseRequest(Directive line, ref RuleStep step) => Parse(line, ref step, new() { CountsRequest = true });

    private static bool ParseResponse(Directive line, ref RuleStep step) =>
        Parse(line, ref step, new() { CountsRequest = true, OfResponse = true });

    private static bool Parse(Directive line, ref RuleStep step, Operands operands)
    {
        RuleSet set = RuleSet.Of(line);
        string complaint = set.IsTcp ? $"'{set.Word} {step.Word}' : " : "";
        ReadOnlySpan<char> digits = step.Word.AsSpan(Word.Length);
        if (digits.IndexOfAnyExceptInRange('0', '9') >= 0)
            return ActionLine.Refuse(line, $"{complaint}Wrong track-sc number '{digits}'");
        uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        int counters = line.Draft.Globals.StickCounters;
        if (number >= counters)
        {
            return ActionLine.Refuse(line, complaint + (counters == 0
                ? $"{number} track-sc number not usable, stick-counters are disabled by tune.stick-counters"
                : $"{number} track-sc number exceeding {counters - 1} (tune.stick-counters-1) value"));
        }
        operands.Place = (int)number;
        ParsePlace place = ActionLine.PlaceOf(line);
        string text = ParseExpression.WordsOf(line);
        if (ParseExpression.Run(place, text, out string reason) is not { } expression)
            return ActionLine.Refuse(line, complaint + reason);
        if ((expression.Row!.Places & place.Places) == 0)
        {
            return ActionLine.Refuse(line, $"{complaint}fetch method '{text}' extracts information from "
                + $"'{SampleNeeds.Of(expression.Row)}', none of which is available here");
        }
        operands.Expression = expression;
        if (line.TryTake("table"))
        {
            if (line.AtEnd && !set.IsTcp) return ActionLine.Refuse(line, "missing table name");
            operands.TableName = line.Next();
        }
        line.Draft.Target.StickCounters = counters;
        step.Operands = operands;
        step.Action = &Track;
        return true;
    }

    /// <summary>Finds the tables once all files are read.</summary>
    private static void Check(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (proxy.Parts.Find<RulesPart>() is not { } part) return;
        foreach (RuleSet set in RuleSet.All)
        {
            foreach (RuleStep step in part.Of(set))
            {
                if (step.Operands is Operands { Table: < 0 } operands && Find(draft, proxy, operands) is { } fault)
                    draft.Diagnostics.AlertBare($"Proxy '{proxy.Name}': {fault}.");
            }
        }
        WarnOfContent(draft, proxy, part);
    }

    private static string? Find(ConfigurationDraft draft, ProxyDraft proxy, Operands operands)
    {
        string name = operands.TableName ?? proxy.Name;
        if (draft.Parts.Find<StickTablesPart>()?.Find(name) is not { } table)
            return $"unable to find table '{name}' referenced by track-sc{operands.Place}";
        if (!CastSample.IsPossible(operands.Expression.Output, StickKey.TypeOf(table)))
            return $"stick-table '{name}' uses a type incompatible with the 'track-sc{operands.Place}' rule";
        table.AddUser(proxy.Name);
        operands.Table = table.Number;
        return null;
    }

    private static void WarnOfContent(ConfigurationDraft draft, ProxyDraft proxy, RulesPart part)
    {
        if (!proxy.HasFrontend) return;
        foreach (RuleStep step in part.Of(RuleSet.TcpRequest))
        {
            if (step.Operands is not Operands operands) continue;
            bool needsContent = (operands.Expression.Row!.Places & SamplePlaces.FrontendTcpSession) == 0;
            string start = $"{proxy.KindWord} '{proxy.Name}' : a 'tcp-request content track-sc*' rule ";
            if (needsContent && proxy.Target.RequestInspectMs == 0)
            {
                draft.Diagnostics.Warn(start + "explicitly depending on request contents without any 'tcp-request "
                    + "inspect-delay' setting. This means that this rule will randomly find its contents. This can be fixed by "
                    + "setting the tcp-request inspect-delay.");
            }
            if (proxy.Target.Mode == ProxyMode.Http && !needsContent && !NeedsContent(step.Condition))
            {
                draft.Diagnostics.Warn(start + "not depending on request contents for an HTTP frontend should be executed at "
                    + "the session level, using a 'tcp-request session' rule (mandatory to track invalid HTTP requests).");
            }
        }
    }

    private static bool NeedsContent(Condition? condition)
    {
        if (condition is null) return false;
        foreach (ConditionTerm[] group in condition.Groups)
        {
            foreach (ConditionTerm term in group)
            {
                foreach (AclExpression expression in term.Acl.Expressions)
                    if ((expression.Sample.Row!.Places & SamplePlaces.FrontendTcpSession) == 0) return true;
            }
        }
        return false;
    }

    private static bool Track(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        if (scope.SessionCounters == null || scope.Shared is not { } shared) return true;
        StickCounter* place = scope.SessionCounters + operands.Place;
        if (place->IsSet) return true; // also for the session's streams
        if (!operands.OfSession)
        {
            if (scope.StreamCounters == null) return true;
            place = scope.StreamCounters + operands.Place;
            if (place->IsSet) return true;
        }
        StickTable table = shared.StickTables[operands.Table];
        int mark = scope.Scratch.Used;
        Sample sample = default;
        if (EvaluateExpression.Run(ref scope, operands.Expression, ref sample))
        {
            if (StickKey.TryMake(ref scope, table.Settings, ref sample, out ByteView key)
                && TrackEntry.Begin(table, place, key.Span, scope.NowMs) && WasCounted(in scope, operands))
            {
                CountPast(ref scope, table, place->Row, operands);
            }
        }
        else if (sample.MayChange && scope.InputMayGrow)
        {
            verdict.Kind = RuleVerdictKind.Wait;
            return false;
        }
        scope.Scratch.Rewind(mark);
        return true;
    }

    /// <summary>The request was counted before this rule: also before a backend's <c>tcp-request content</c>.</summary>
    private static bool WasCounted(in Evaluation scope, Operands operands) =>
        operands.CountsRequest
        || (!operands.OfSession && scope.Request != null && scope.Backend is { } backend && backend != scope.Frontend);

    /// <summary>What was counted before the entry was tracked is counted in it as well.</summary>
    private static void CountPast(ref Evaluation scope, StickTable table, uint row, Operands operands)
    {
        table.Count(row, StickData.RequestCount, StickData.RequestRate, 1, scope.NowMs);
        if (!operands.OfResponse || scope.Response == null) return;
        int status = scope.Response->Status;
        Globals globals = scope.Configuration.Globals;
        if (globals.ErrorStatuses.Has(status)) table.Count(row, StickData.ErrorCount, StickData.ErrorRate, 1, scope.NowMs);
        if (globals.FailureStatuses.Has(status))
            table.Count(row, StickData.FailureCount, StickData.FailureRate, 1, scope.NowMs);
    }
}
