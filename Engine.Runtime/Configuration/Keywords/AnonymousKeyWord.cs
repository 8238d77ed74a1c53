using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>anonkey</c>: what the anonymized mode of the Runtime API hides names with (manual section 3.1).</summary>
internal static unsafe class AnonymousKeyWord
{
    [ModuleInitializer]
    internal static void Register() => Words.Keywords.Add(new("anonkey", SectionKinds.Global, "<key>", &Parse));

    private static void Parse(Directive line)
    {
        if (line.Count < 2)
        {
            line.AlertTight("a key is expected after 'anonkey'.");
            return;
        }
        _ = ConfigurationUnits.TryInteger(line[1], out long key);
        if (key is >= 0 and <= uint.MaxValue) line.Draft.Globals.AnonymousKey = (uint)key;
        else line.AlertTight($"'anonkey' value must be within range 0-4294967295 (was '{key}').");
    }
}
