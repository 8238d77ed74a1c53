using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>http-err-codes</c> and <c>http-fail-codes</c> (manual section 3.1): which statuses stick tables count.</summary>
internal static unsafe class StatusWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        const string usage = "[+-]<range>[,...] [...]";
        Words.Keywords.Add(new("http-err-codes", SectionKinds.Global, usage, &Errors));
        Words.Keywords.Add(new("http-fail-codes", SectionKinds.Global, usage, &Failures));
    }

    private static void Errors(Directive line) => Read(line, line.Draft.Globals.ErrorStatuses);

    private static void Failures(Directive line) => Read(line, line.Draft.Globals.FailureStatuses);

    private static void Read(Directive line, StatusSet set)
    {
        if (line.Count < 2) line.Alert($"Missing status codes range for '{line[0]}'.");
        while (!line.AtEnd)
            if (!Take(line, line.Next(), set)) return;
    }

    /// <summary>Ranges with one sign in front of them all: added, taken away, or set alone.</summary>
    private static bool Take(Directive line, string text, StatusSet set)
    {
        bool removes = text.StartsWith('-');
        int at = removes || text.StartsWith('+') ? 1 : 0;
        if (at == 0) set.Clear();
        while (true)
        {
            int low = 0;
            int high = 0;
            bool good = TryNumber(text, ref at, ref low);
            if (good && at < text.Length && text[at] == '-')
            {
                at++;
                good = TryNumber(text, ref at, ref high);
            }
            else high = low;
            if (!good || (at < text.Length && text[at] != ','))
            {
                line.Alert($"Invalid status codes range '{text}' in '{line[0]}' at position {at}. Ranges must be in the form "
                    + "[+-]{low[-{high}]}[,...].");
                return false;
            }
            if (low < StatusSet.Lowest || high > StatusSet.Highest || low > high)
            {
                line.Alert($"Invalid status codes range '{text}' in '{line[0]}'.\n"
                    + " Codes must be between 100 and 599 and ranges in ascending order.");
                return false;
            }
            set.Set(low, high, !removes);
            if (at == text.Length) return true;
            at++;
        }
    }

    private static bool TryNumber(string text, ref int at, ref int number)
    {
        int start = at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            if (number <= StatusSet.Highest) number = (number * 10) + (text[at] - '0');
        return at > start;
    }
}
