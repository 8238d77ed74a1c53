using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Rules.Actions;

namespace Engine.Systems.Samples.Fetches;

/// <summary>Which rule decided about a stream, and which one it was waiting for (manual section 7.3.2).</summary>
internal static unsafe class RuleFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("last_rule_file", SampleType.String, &File);
        Add("last_rule_line", SampleType.Integer, &Line);
        Add("last_entity", SampleType.String, &Last);
        Add("waiting_entity", SampleType.String, &Waiting);
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.Running, fetch));

    private static bool TryPlace(ref Evaluation scope, int number, out RulePlace place)
    {
        place = default;
        if (number == 0) return false;
        place = scope.Configuration.RulePlaces[number - 1];
        return true;
    }

    private static bool File(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Log == null || !TryPlace(ref scope, scope.Log->LastRule, out RulePlace place)) return false;
        sample.SetString(place.File);
        return true;
    }

    private static bool Line(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Log == null || !TryPlace(ref scope, scope.Log->LastRule, out RulePlace place)) return false;
        sample.SetInteger(place.Line);
        return true;
    }

    private static bool Last(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Both(ref scope, scope.Log->LastRule, ref sample);

    private static bool Waiting(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.Log != null && Both(ref scope, scope.Log->WaitingRule, ref sample);

    private static bool Both(ref Evaluation scope, int number, ref Sample sample)
    {
        if (!TryPlace(ref scope, number, out RulePlace place)) return false;
        TextBuilder text = new(scope.Scratch.Free);
        text.Add(place.File);
        text.Add(":"u8);
        text.AddNumber((ulong)place.Line);
        if (!text.TryCommit(ref scope.Scratch, out ByteView view)) return false;
        sample.SetString(view);
        return true;
    }
}
