using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Words of the global section that switch something of the platform off, or allow it (manual section 3.2).</summary>
internal static unsafe class PlatformWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<Keyword> words = Words.Keywords;
        words.Add(new("expose-deprecated-directives", SectionKinds.Global, "", &Expose));
        words.Add(new("expose-experimental-directives", SectionKinds.Global, "", &ExposeExperimental));
        words.Add(new("noepoll", SectionKinds.Global, "", &NoEpoll));
        words.Add(new("noevports", SectionKinds.Global, "", &Without));
        words.Add(new("nokqueue", SectionKinds.Global, "", &Without));
        words.Add(new("noktls", SectionKinds.Global, "", &Without));
        words.Add(new("nopoll", SectionKinds.Global, "", &Without));
        words.Add(new("noreuseport", SectionKinds.Global, "", &NoReusePort));
    }

    /// <summary>Nothing here is experimental or deprecated in the sense of the word, so there is nothing to allow.</summary>
    private static void Expose(Directive line) => line.RefusesMoreThan(0);

    private static void ExposeExperimental(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.ExposesExperimental = true;
    }

    /// <summary>Who allows experimental words and uses none is told that it is for nothing.</summary>
    public static void CheckExposed(ConfigurationDraft draft)
    {
        if (!draft.Globals.ExposesExperimental || draft.Globals.UsesExperimental) return;
        draft.Diagnostics.Warn("Option 'expose-experimental-directives' is set in the global section but is no longer "
            + "used. It is strongly recommended to remove it in order to avoid using an experimental directive by "
            + "accident in the future.");
    }

    /// <summary>What there is none of here: pollers of other systems, encryption by the kernel.</summary>
    private static void Without(Directive line) => line.RefusesMoreThan(0);

    private static void NoEpoll(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.NoEpoll = true;
    }

    private static void NoReusePort(Directive line)
    {
        if (!line.RefusesMoreThan(0)) line.Draft.Globals.NoReusePort = true;
    }
}
