using System.Text;
using Engine.Runtime.Admin.Statistics;

namespace Engine.Runtime.Admin.Pages;

/// <summary>The page as CSV and JSON: what <c>show stat</c> says.</summary>
internal static class PageText
{
    public static string Csv(EngineAccess engine, PageOptions options)
    {
        StringBuilder text = new(StatText.CsvHeader());
        foreach (StatLine line in CollectStats.InTurn(engine, options.Filter))
            if (options.Shows(line.Proxy.Name)) StatText.Csv(line, text);
        return text.ToString();
    }

    public static string Json(EngineAccess engine, PageOptions options)
    {
        StringBuilder text = new("[");
        bool first = true;
        foreach (StatLine line in CollectStats.InTurn(engine, options.Filter))
        {
            if (!options.Shows(line.Proxy.Name)) continue;
            StatText.Json(line, first, text);
            first = false;
        }
        return text.Append("]\n").ToString();
    }
}
