using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;

namespace Engine.Systems.Rules;

/// <summary><c>acl name criterion [flags] [operator] patterns ...</c>: makes an ACL or adds to one of the name.</summary>
internal static unsafe class AclKeyword
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(
            new("acl", SectionKinds.Proxies, "<name> <criterion> [flags] [operator] <value> ...", &Parse));

    private static void Parse(Directive line)
    {
        if (line.Section == SectionKinds.Defaults && line.Proxy.Name.Length == 0)
        {
            line.Alert("'acl' not allowed in anonymous 'defaults' section.");
            return;
        }
        string name = line.Next();
        if (name.Length == 0)
        {
            line.Alert("character '' is not permitted in acl name ''.");
            return;
        }
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':') continue;
            line.Alert($"character '{letter}' is not permitted in acl name '{name}'.");
            return;
        }
        if (name.Equals("or", StringComparison.OrdinalIgnoreCase))
        {
            line.Alert($"acl name '{name}' will never match. 'or' is used to express a logical disjunction within a "
                + "condition.");
            return;
        }
        string[] words = new string[line.Count - line.Position];
        for (int i = 0; i < words.Length; i++) words[i] = line.Next();
        ParsePlace place = ParsePlace.Of(line, SamplePlaces.Anywhere);
        if (ParseAcl.Run(place, words.Length == 0 ? [""] : words, out string error) is not { } expression)
        {
            line.Alert($"error detected while parsing ACL '{name}' : {error}.");
            return;
        }
        AclsPart part = line.Proxy.Parts.Get<AclsPart>();
        if (!part.ByName.TryGetValue(name, out Acl? acl)) part.ByName.Add(name, acl = new Acl { Name = name });
        acl.Expressions = [.. acl.Expressions, expression];
    }
}
