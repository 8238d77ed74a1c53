using System.Text;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>The page as CSV and JSON: what <c>show stat</c> says.</summary>
internal static class PageText
{
    public static void Csv(EngineAccess engine, PageOptions options, PageBody body)
    {
        StringBuilder text = new(StatText.CsvHeader());
        body.Take(text);
        foreach (StatLine line in CollectStats.InTurn(engine, options.Filter, body.IsWanted))
        {
            if (!options.Shows(line.Proxy.Name)) continue;
            StatText.Csv(line, text);
            body.Take(text);
        }
    }

    public static void Json(EngineAccess engine, PageOptions options, PageBody body)
    {
        StringBuilder text = new("[");
        bool first = true;
        foreach (StatLine line in CollectStats.InTurn(engine, options.Filter, body.IsWanted))
        {
            if (!options.Shows(line.Proxy.Name)) continue;
            StatText.Json(line, first, text);
            body.Take(text);
            first = false;
        }
        body.Take(text.Append("]\n"));
    }
}
