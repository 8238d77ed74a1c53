using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tests.Corpora.Rules;

/// <summary>Cases of expressions and ACLs: what was asked, a tab, what came out. Lines with a sharp are comments.</summary>
internal static class RuleCorpus
{
    public static string Request => Read("request.txt");

    public static IEnumerable<(string Asked, string Expected)> Cases(string file)
    {
        foreach (string line in Read(file).Split('\n'))
        {
            if (line.Length == 0 || line.StartsWith("# ")) continue;
            int tab = line.IndexOf('\t');
            yield return (line[..tab], line[(tab + 1)..]);
        }
    }

    /// <summary>Where the map files are.</summary>
    public static string Maps => Path.Combine(Here(), "maps");

    public static string Read(string file, [CallerFilePath] string here = "")
    {
        string folder = Path.GetDirectoryName(here)!;
        string text = File.ReadAllText(Path.Combine(folder, file), Encoding.Latin1);
        return text.Replace("{maps}", Path.Combine(folder, "maps"));
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
