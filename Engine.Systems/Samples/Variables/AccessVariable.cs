using Engine.Data.Samples;
using Engine.Data.Variables;

namespace Engine.Systems.Samples.Variables;

/// <summary>Reads and writes variables of the exchange in scope.</summary>
internal static unsafe class AccessVariable
{
    /// <summary>False: it is not set, or its scope is not here.</summary>
    public static bool TryGet(ref Evaluation scope, VariableRef variable, ref Sample sample)
    {
        if (variable.Scope == VariableScope.Process)
        {
            return scope.ProcessVariables is not null
                && scope.ProcessVariables.TryGet(variable.Slot, ref scope.Scratch, ref sample);
        }
        Variable* place = Find(ref scope, variable);
        return place != null && VariableRows.TryGet(place, ref sample);
    }

    /// <summary>
    /// Sets it if the conditions hold and there is room. The sample's bytes are the variable's then, as what they were
    /// taken from may have been the variable itself.
    /// </summary>
    public static void Set(ref Evaluation scope, VariableRef variable, SetConditions conditions, ref Sample sample)
    {
        if (conditions != SetConditions.None && !Holds(ref scope, variable, conditions, in sample)) return;
        if (scope.Configuration.Globals.VariableLimits.Any && Exceeds(ref scope, variable, in sample)) return;
        if (variable.Scope == VariableScope.Process)
        {
            scope.ProcessVariables?.Set(variable.Slot, in sample);
            return;
        }
        Variable* place = Find(ref scope, variable);
        if (place == null) return;
        VariableRows.Set(place, in sample);
        VariableRows.TryGet(place, ref sample);
    }

    /// <summary>The bytes stay where they are: a sample may be looking at them.</summary>
    public static void Unset(ref Evaluation scope, VariableRef variable)
    {
        if (variable.Scope == VariableScope.Process)
        {
            scope.ProcessVariables?.Unset(variable.Slot);
            return;
        }
        Variable* place = Find(ref scope, variable);
        if (place == null) return;
        place->Type = SampleType.None;
        place->Exists = false;
    }

    private static Variable* Find(ref Evaluation scope, VariableRef variable)
    {
        switch (variable.Scope)
        {
            case VariableScope.Session:
                return scope.SessionVariables == null ? null : scope.SessionVariables + variable.Slot;
            case VariableScope.Transaction:
                return scope.StreamVariables == null ? null : scope.StreamVariables + variable.Slot;

            // A request's variables are over when its response begins, and those of the response begin then.
            case VariableScope.Request:
                return scope.StreamVariables == null || scope.InResponse ? null : scope.StreamVariables + variable.Slot;
            case VariableScope.Response:
                return scope.StreamVariables == null || !scope.InResponse ? null : scope.StreamVariables + variable.Slot;
            case VariableScope.Check:
                return scope.CheckVariables == null ? null : scope.CheckVariables + variable.Slot;
            default:
                return null;
        }
    }

    private static bool Holds(
        ref Evaluation scope, VariableRef variable, SetConditions conditions, in Sample sample)
    {
        Sample old = default;
        int mark = scope.Scratch.Used;
        bool isSet = TryGet(ref scope, variable, ref old);
        scope.Scratch.Rewind(mark);
        Variable* place = Find(ref scope, variable);
        bool exists = variable.Scope == VariableScope.Process || (place != null && place->Exists);
        bool isEmpty = sample.Type is SampleType.String or SampleType.Binary && sample.Bytes.IsEmpty;
        bool compares = isSet && old.Type == SampleType.Integer && sample.Type == SampleType.Integer;
        if ((conditions & SetConditions.Exists) != 0 && !exists) return false;
        if ((conditions & SetConditions.NotExists) != 0 && exists) return false;
        if ((conditions & SetConditions.Empty) != 0 && !isEmpty) return false;
        if ((conditions & SetConditions.NotEmpty) != 0 && isEmpty) return false;
        if ((conditions & SetConditions.Set) != 0 && !isSet) return false;
        if ((conditions & SetConditions.NotSet) != 0 && isSet) return false;
        if ((conditions & SetConditions.Greater) != 0 && compares && old.Integer <= sample.Integer) return false;
        return (conditions & SetConditions.Less) == 0 || !compares || old.Integer < sample.Integer;
    }

    /// <summary>Whether the value would go beyond a limit of <c>tune.vars</c>.</summary>
    private static bool Exceeds(ref Evaluation scope, VariableRef variable, in Sample sample)
    {
        VariableLimits limits = scope.Configuration.Globals.VariableLimits;
        VariableNames names = scope.Configuration.Variables;
        Variable* old = variable.Scope == VariableScope.Process ? null : Find(ref scope, variable);
        long added = VariableLimits.Overhead + sample.Bytes.Length - (old == null ? 0 : Size(old));
        long message = 0;
        long transaction = 0;
        long session = 0;
        for (int i = 0; scope.StreamVariables != null && i < names.Stream.Count; i++)
        {
            long size = Size(scope.StreamVariables + i);
            transaction += size;
            if (names.StreamScope(i) != VariableScope.Transaction) message += size;
        }
        for (int i = 0; scope.SessionVariables != null && i < names.Session.Count; i++)
            session += Size(scope.SessionVariables + i);
        session += transaction;
        long check = 0;
        for (int i = 0; scope.CheckVariables != null && i < names.Check.Count; i++) check += Size(scope.CheckVariables + i);
        long process = session + check + (scope.ProcessVariables?.Bytes ?? 0);
        bool ofMessage = variable.Scope is VariableScope.Request or VariableScope.Response;
        return (ofMessage && Beyond(limits.Message, message + added))
            || ((ofMessage || variable.Scope == VariableScope.Transaction)
                && Beyond(limits.Transaction, transaction + added))
            || (variable.Scope == VariableScope.Check && Beyond(limits.Check, check + added))
            || (variable.Scope is not (VariableScope.Process or VariableScope.Check) && Beyond(limits.Session, session + added))
            || Beyond(limits.Process, process + added)
            || Beyond(limits.Global, process + added);
    }

    private static long Size(Variable* variable) =>
        variable->Type == SampleType.None ? 0 : VariableLimits.Overhead + variable->Length;

    private static bool Beyond(uint limit, long bytes) => limit != 0 && bytes > limit;
}
