using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Systems.Rules;
using Engine.Systems.Samples;

namespace Engine.Systems.Sticky;

/// <summary><c>stick-table</c>, <c>stick</c> and <c>tune.stick-counters</c> (manual sections 4.2, 3.2 and 11.1).</summary>
public static unsafe class StickKeywords
{
    /// <summary>Among the checks of a proxy: behind its servers and its rules' names.</summary>
    private const int Order = 320;

    private const int CountersMax = 100;
    private const string Arguments = "<pattern> [table <table>] [{ if | unless } <cond>]";

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new(
            "stick-table", SectionKinds.Proxies,
            "type <type> size <size> [expire <expire>] [nopurge] [recv-only] [write-to <wtable>] [srvkey <srvkey>] "
            + "[store <data_type>]* [brates-factor <factor>] [peers <peersect>]", &DeclareTable));
        words.Add(new(
            "stick", SectionKinds.Proxies, "{ match | on | store-request | store-response } " + Arguments, &DeclareRule));
        words.Add(new("tune.stick-counters", SectionKinds.Global, "<number>", &SetCounters));
        Words.ProxyChecks.Add(new("stick rules", Order, &Resolve));
    }

    private static void SetCounters(Directive line)
    {
        long number = 0;
        if (line.Count > 1 && !ConfigurationUnits.TryInteger(line[1], out number))
            line.Alert($"{line[0]}: '{line[1]}' is an invalid number");
        else if (number is < 0 or > CountersMax)
            line.Alert($"{line[0]}: the number of stick-counters must be between 1 and {CountersMax} (was {(int)number})");
        else line.Draft.Globals.StickCounters = (int)number;
    }

    private static void DeclareTable(Directive line)
    {
        if (line.Section == SectionKinds.Defaults)
        {
            line.Alert("'stick-table' is not supported in 'defaults' section.");
            return;
        }
        StickTablesPart part = line.Draft.Parts.Get<StickTablesPart>();
        StickTableSettings table = new() { Name = line.Proxy.Name, File = line.File, Line = line.Line, Owner = line.Proxy.KindWord };
        if (RefusesTwin(line, part, table.Name, table.Name) || !StickTableLine.TryRead(line, table, mayHavePeers: true)) return;
        table.AddUser(line.Proxy.Name);
        part.Add(table);
    }

    /// <summary>Alerts when a table of the name is there. True: it did.</summary>
    public static bool RefusesTwin(Directive line, StickTablesPart part, string name, string shown)
    {
        if (part.Find(name) is not { } other) return false;
        string owner = other.Owner == "peers" ? other.Name[..other.Name.IndexOf('/')] : other.Name;
        line.Alert($"stick-table name '{shown}' conflicts with table declared in {other.Owner} '{owner}' at "
            + $"{other.File}:{other.Line}.");
        return true;
    }

    private static void DeclareRule(Directive line)
    {
        if (line.Section == SectionKinds.Defaults)
        {
            line.Alert("'stick' not allowed in 'defaults' section.");
            return;
        }
        if (!line.Proxy.HasBackend)
        {
            line.Warn($"'stick' ignored because {line.Proxy.KindWord} '{line.Proxy.Name}' has no backend capability.");
            return;
        }
        string kind = line.Next();
        StickRule rule = new() { Matches = kind is "match" or "on", Stores = kind != "match", OfResponse = kind == "store-response" };
        if (kind is not ("match" or "on" or "store" or "store-request" or "store-response"))
        {
            line.Alert("'stick' expects 'on', 'match', or 'store'.");
            return;
        }
        if (line.AtEnd)
        {
            line.Alert("'stick' expects a fetch method.");
            return;
        }
        SamplePlaces places = rule.OfResponse ? SamplePlaces.BackendStickStore : SamplePlaces.ServerChoice;
        if (!TryExpression(line, rule, places)) return;
        if (line.TryTake("table")) rule.TableName = line.Next();
        if (!line.AtEnd && line.Peek() is not ("if" or "unless"))
        {
            line.Alert($"'stick': unknown keyword '{line.Peek()}'.");
            return;
        }
        const string complaint = "'stick': error detected while parsing sticking condition : ";
        if (!ParseCondition.TryRun(line, places, complaint, out rule.Condition)) return;
        line.Proxy.Parts.Get<StickRulesPart>().Rules.Add(rule);
    }

    private static bool TryExpression(Directive line, StickRule rule, SamplePlaces places)
    {
        ParsePlace place = ParsePlace.Of(line, places, "stick expression");
        string text = ParseExpression.WordsOf(line);
        if (ParseExpression.Run(place, text, out string reason) is not { } expression)
        {
            line.Alert($"'stick': {reason}");
            return false;
        }
        rule.Expression = expression;
        if ((expression.Row!.Places & places) != 0) return true;
        string where = rule.OfResponse ? "available for 'store-response'" : "available during request";
        line.Alert($"'stick': fetch method '{expression.Row.Word}' extracts information from "
            + $"'{SampleNeeds.Of(expression.Row)}', none of which is {where}.");
        return false;
    }

    /// <summary>Finds the tables; those that rules name hold servers. Takes the tables over.</summary>
    private static void Resolve(ConfigurationDraft draft, ProxyDraft proxy)
    {
        StickTablesPart tables = draft.Parts.Get<StickTablesPart>();
        draft.Target.StickTables = [.. tables.Tables];
        if (proxy.Parts.Find<StickRulesPart>() is not { } part) return;
        List<StickRule> rules = [];
        foreach (StickRule rule in part.Rules)
        {
            string name = rule.TableName ?? proxy.Name;
            if (tables.Find(name) is not { } table)
            {
                draft.Diagnostics.AlertBare($"Proxy '{proxy.Name}': unable to find stick-table '{name}'.");
                continue;
            }
            if (!CastSample.IsPossible(rule.Expression.Output, StickKey.TypeOf(table)))
            {
                draft.Diagnostics.AlertBare(
                    $"Proxy '{proxy.Name}': type of fetch not usable with type of stick-table '{name}'.");
                continue;
            }
            table.AddUser(proxy.Name);
            table.Layout.Store(StickData.ServerId, 1, 0);
            table.Layout.Store(StickData.ServerKey, 1, 0);
            rule.Table = table.Number;
            rules.Add(rule);
        }
        proxy.Target.StickRules = rules.FindAll(static rule => !rule.OfResponse).ToArray();
        proxy.Target.StickResponseRules = rules.FindAll(static rule => rule.OfResponse).ToArray();
        foreach (StickRule rule in rules)
            if (rule.Stores) draft.Target.StoredKeysSize += KeySize(draft, rule);
    }

    private static int KeySize(ConfigurationDraft draft, StickRule rule) =>
        StoredKeys.HeaderSize + draft.Target.StickTables[rule.Table].KeyLength;
}
