using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Tables;

namespace Engine.Systems.Rules;

/// <summary><c>acl(name,!name,...)</c>: whether all of these ACLs match (manual section 7.3.2).</summary>
internal static unsafe class AclFetch
{
    private const int NamesMax = 12;

    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentKind[] names = new ArgumentKind[NamesMax];
        Words.Fetches.Add(new(
            "acl", new ArgumentSpec(1, names), SampleType.Boolean, SamplePlaces.Anywhere, &All)
        {
            Prepare = &Prepare,
        });
    }

    private static string? Prepare(ParsePlace place, Arguments arguments)
    {
        ValueList<ConditionTerm> terms = new();
        for (int i = 0; i < NamesMax; i++)
        {
            if (i > 0 && !arguments.Has(i)) continue;
            string name = arguments.Text(i).ToString();
            bool negated = name.StartsWith('!');
            if (negated) name = name[1..];
            Acl? acl = Find(place, name);
            if (acl is null) return $"ACL '{name}' not found";
            terms.Add(new ConditionTerm
            {
                Acl = acl,
                Negated = negated,
            });
        }
        arguments.Prepared = new Condition { Groups = [terms.ToArray()] };
        return null;
    }

    /// <summary>One that the section declared before, or a predefined one.</summary>
    internal static Acl? Find(ParsePlace place, string name)
    {
        AclsPart? part = place.Proxy?.Parts.Find<AclsPart>();
        if (part is not null && part.ByName.TryGetValue(name, out Acl? declared)) return declared;
        if (PredefinedAcls.Find(name) is not { } words || ParseAcl.Run(place, words, out _) is not { } expression)
            return null;
        return new Acl
        {
            Name = name,
            Expressions = [expression],
        };
    }

    private static bool All(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.SetBoolean(RunRules.Matches(ref scope, Unsafe.As<Condition>(arguments.Prepared!)));
        return true;
    }
}
