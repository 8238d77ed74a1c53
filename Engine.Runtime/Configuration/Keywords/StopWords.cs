using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>How a soft stop goes: <c>grace</c>, <c>close-spread-time</c>, <c>hard-stop-after</c> (manual section 3.1).</summary>
internal static unsafe class StopWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new("close-spread-time", SectionKinds.Global, "{ <time> | infinite }", &CloseSpread));
        Words.Keywords.Add(new("grace", SectionKinds.Global, "<time>", &Grace));
        Words.Keywords.Add(new("hard-stop-after", SectionKinds.Global, "<time>", &HardStopAfter));
    }

    private static void CloseSpread(Directive line)
    {
        if (line[1] == "infinite") line.Draft.Globals.CloseSpreadMs = Globals.ClosesNoClient;
        else if (TryTime(line, out uint milliseconds)) line.Draft.Globals.CloseSpreadMs = milliseconds;
    }

    private static void Grace(Directive line)
    {
        if (TryTime(line, out uint milliseconds)) line.Draft.Globals.GraceMs = milliseconds;
    }

    private static void HardStopAfter(Directive line)
    {
        if (TryTime(line, out uint milliseconds)) line.Draft.Globals.HardStopAfterMs = milliseconds;
    }

    private static bool TryTime(Directive line, out uint milliseconds)
    {
        milliseconds = 0;
        if (line.Count > 1) return TimeReader.TryRead(line, line[0], line[1], TimeReader.InArgument, out milliseconds);
        line.Alert($"'{line[0]}' expects <time> as argument.\n");
        return false;
    }
}
