using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Rules;

/// <summary>
/// Compiles the <c>if</c> or <c>unless</c> part of a line (manual section 7.2): names of ACLs and anonymous ones in
/// braces, <c>!</c> before a term, <c>or</c> or <c>||</c> between groups.
/// </summary>
public static class ParseCondition
{
    /// <summary>The condition of a <c>use_backend</c> line. False after an alert.</summary>
    public static bool TryRun(Directive line, out Condition? condition) =>
        TryRun(line, SamplePlaces.FrontendSwitching, "error detected while parsing switching rule : ", out condition);

    /// <summary>
    /// Takes all the rest of the line, which is empty or begins with <c>if</c> or <c>unless</c>.
    /// </summary>
    /// <param name="line">The cursor stands on <c>if</c>, on <c>unless</c> or at the end.</param>
    /// <param name="places">Where the condition is evaluated.</param>
    /// <param name="complaint">What messages begin with, up to the reason.</param>
    /// <param name="condition">Null when there is none.</param>
    /// <returns>False after an alert.</returns>
    public static bool TryRun(Directive line, SamplePlaces places, string complaint, out Condition? condition)
    {
        condition = null;
        if (line.AtEnd) return true;
        bool unless = line.Peek() == "unless";
        line.Position++;
        List<ConditionTerm[]> groups = [];
        ValueList<ConditionTerm> terms = new();
        while (!line.AtEnd)
        {
            if (line.TryTake("||") || line.TryTake("or"))
            {
                EndGroup(groups, terms);
                continue;
            }
            if (!TryTerm(line, places, complaint, out Acl? acl, out bool negated)) return false;
            if (acl is not null) terms.Add(new ConditionTerm { Acl = acl, Negated = negated });
        }
        EndGroup(groups, terms);
        condition = new Condition { Unless = unless, Groups = [.. groups] };
        return true;
    }

    private static void EndGroup(List<ConditionTerm[]> groups, ValueList<ConditionTerm> terms)
    {
        if (terms.Count == 0) return;
        groups.Add(terms.ToArray());
        terms.Clear();
    }

    /// <summary>One term with its negations, which may be words of their own. Null: the line ended behind one.</summary>
    private static bool TryTerm(
        Directive line, SamplePlaces places, string complaint, out Acl? acl, out bool negated)
    {
        acl = null;
        negated = false;
        string word = "";
        while (word.Length == 0 && !line.AtEnd)
        {
            word = line.Next();
            while (word.StartsWith('!'))
            {
                negated = !negated;
                word = word[1..];
            }
        }
        if (word.Length == 0) return true;
        acl = word == "{" ? Anonymous(line, complaint) : Named(line, word, complaint);
        if (acl is null) return false;
        CheckPlaces.Run(line, acl, places);
        return true;
    }

    private static Acl? Anonymous(Directive line, string complaint)
    {
        List<string> words = [];
        while (!line.AtEnd && line.Peek() != "}") words.Add(line.Next());
        if (!line.TryTake("}"))
        {
            line.Alert($"{complaint}missing closing '}}' in condition{End(line)}");
            return null;
        }
        if (words.Count == 0) words.Add("");
        return Compile(line, "", words, complaint);
    }

    private static Acl? Named(Directive line, string name, string complaint)
    {
        AclsPart? part = line.Proxy.Parts.Find<AclsPart>();
        if (part is not null && part.ByName.TryGetValue(name, out Acl? declared)) return declared;
        if (PredefinedAcls.Find(name) is { } words)
        {
            Acl? predefined = Compile(line, name, words, complaint);
            if (predefined is not null) line.Proxy.Parts.Get<AclsPart>().ByName.Add(name, predefined);
            return predefined;
        }
        line.Alert($"{complaint}no such ACL : '{name}'{End(line)}");
        return null;
    }

    private static Acl? Compile(Directive line, string name, IReadOnlyList<string> words, string complaint)
    {
        ParsePlace place = ParsePlace.Of(line, SamplePlaces.Anywhere);
        if (ParseAcl.Run(place, words, out string error) is { } expression)
            return new Acl { Name = name, Expressions = [expression] };
        line.Alert($"{complaint}{error}{End(line)}");
        return null;
    }

    /// <summary>Messages about TCP rules end without a full stop.</summary>
    private static string End(Directive line) => RuleSet.Of(line).IsTcp ? "" : ".";
}
