using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Words that only <c>expose-experimental-directives</c> allows (manual section 3.1).</summary>
internal static class ExperimentalWords
{
    /// <summary>Alerts where the word of the line is not allowed, and notes its use where it is. True: it alerted.</summary>
    public static bool Refuses(Directive line)
    {
        Globals globals = line.Draft.Globals;
        if (globals.ExposesExperimental)
        {
            globals.UsesExperimental = true;
            return false;
        }
        line.Alert($"'{line[0]}' directive is experimental, must be allowed via a global 'expose-experimental-directives'");
        return true;
    }
}
