using System;
using System.Collections.Generic;
using Engine.Data.Tables;

namespace Engine.Data.Variables;

/// <summary>
/// Every variable that a configuration names, and where its value stands: those of transactions, requests and responses
/// in the rows of streams, those of sessions in the rows of connections, those of checks in theirs, those of the process
/// in one row.
/// </summary>
public sealed class VariableNames
{
    private readonly Dictionary<string, VariableRef> known = [];
    private readonly ValueList<VariableRef> stream = new();

    /// <summary>Names with their scope, in order of their slots.</summary>
    public List<string> Stream { get; } = [];

    public List<string> Session { get; } = [];

    public List<string> Process { get; } = [];

    public List<string> Check { get; } = [];

    /// <summary>Scope of a slot in the rows of streams.</summary>
    public VariableScope StreamScope(int slot) => stream[slot].Scope;

    /// <summary>The place of a variable; the first time it is named it gets one. False: it has no scope.</summary>
    /// <param name="name">With its scope: <c>txn.a</c>.</param>
    /// <param name="place">Where it is.</param>
    public bool TryPlace(string name, out VariableRef place)
    {
        if (known.TryGetValue(name, out place)) return true;
        if (!TryScope(name, out VariableScope scope)) return false;
        place = scope switch
        {
            VariableScope.Process => Add(scope, Process, name),
            VariableScope.Session => Add(scope, Session, name),
            VariableScope.Transaction or VariableScope.Request or VariableScope.Response => Add(scope, Stream, name),
            VariableScope.Check => Add(scope, Check, name),
            _ => new VariableRef(scope, 0),
        };
        if (Stream.Count > stream.Count) stream.Add(place);
        known.Add(name, place);
        return true;
    }

    /// <summary>Whether the name begins with a scope and goes on behind its dot.</summary>
    public static bool TryScope(ReadOnlySpan<char> name, out VariableScope scope)
    {
        scope = default;
        int dot = name.IndexOf('.');
        if (dot < 0 || dot == name.Length - 1) return false;
        VariableScope? found = name[..dot] switch
        {
            "proc" => VariableScope.Process,
            "sess" => VariableScope.Session,
            "txn" => VariableScope.Transaction,
            "req" => VariableScope.Request,
            "res" => VariableScope.Response,
            "check" => VariableScope.Check,
            "psess" or "ptxn" or "preq" or "pres" => VariableScope.Parent,
            _ => null,
        };
        scope = found ?? default;
        return found is not null;
    }

    private static VariableRef Add(VariableScope scope, List<string> names, string name)
    {
        names.Add(name);
        return new VariableRef(scope, names.Count - 1);
    }
}
