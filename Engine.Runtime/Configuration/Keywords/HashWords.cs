using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>hash-type</c>, <c>hash-balance-factor</c>, <c>hash-preserve-affinity</c> (manual section 4.2).</summary>
internal static unsafe class HashWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("hash-balance-factor", SectionKinds.Proxies, "<factor>", &Factor));
        words.Add(new(
            "hash-preserve-affinity", SectionKinds.Proxies, "{ always | maxconn | maxqueue }", &Affinity));
        words.Add(new(
            "hash-type", SectionKinds.BackendSide,
            "{ map-based | consistent } [{ sdbm | djb2 | wt6 | crc32 | none } [avalanche]]", &Type));
    }

    private static void Type(Directive line)
    {
        string method = line.Next();
        if (method is not ("consistent" or "map-based"))
        {
            line.Alert("'hash-type' only supports 'consistent' and 'map-based'.");
            return;
        }
        bool isConsistent = method == "consistent";
        ref HashSettings settings = ref line.Proxy.Target.Hash;
        if (line.AtEnd)
        {
            settings.Consistent = isConsistent;
            settings.Function = HashFunction.Sdbm;
            settings.Avalanche = isConsistent; // the manual's choice where no function is named
            return;
        }
        HashFunction? function = line.Next() switch
        {
            "sdbm" => HashFunction.Sdbm,
            "djb2" => HashFunction.Djb2,
            "wt6" => HashFunction.Wt6,
            "crc32" => HashFunction.Crc32,
            "none" => HashFunction.None,
            _ => null,
        };
        if (function is null)
        {
            line.Alert("'hash-type' only supports 'sdbm', 'djb2', 'crc32', or 'wt6' hash functions.");
            return;
        }
        string modifier = line.Next();
        if (modifier.Length > 0 && modifier != "avalanche")
        {
            line.Alert("'hash-type' only supports 'avalanche' as a modifier for hash functions.");
            return;
        }
        settings.Consistent = isConsistent;
        settings.Function = function.Value;
        settings.Avalanche = modifier.Length > 0;
    }

    private static void Factor(Directive line)
    {
        string text = line.Next();
        int factor = ConfigurationUnits.Integer(text);
        if (text.Length == 0) line.Alert("'hash-balance-factor' expects an integer argument.");
        else if (factor is not 0 and <= 100) line.Alert("'hash-balance-factor' must be 0 or greater than 100.");
        else line.Proxy.Target.Hash.LoadFactor = factor;
    }

    private static void Affinity(Directive line)
    {
        string text = line.Next();
        HashAffinity? affinity = text switch
        {
            "always" => HashAffinity.Always,
            "maxconn" => HashAffinity.MaxConnections,
            "maxqueue" => HashAffinity.MaxQueue,
            _ => null,
        };
        if (text.Length == 0)
            line.Alert("'hash-preserve-affinity' needs a keyword to specify when to preserve hash affinity");
        else if (line.Section == SectionKinds.Frontend)
            line.Alert("'hash-preserve-affinity' only available in backend or listen section");
        else if (affinity is null) line.Alert($"'hash-preserve-affinity': unknown keyword '{text}'");
        else line.Proxy.Target.Hash.Affinity = affinity.Value;
    }
}
