using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>retry-on</c> (manual section 4.2).</summary>
internal static unsafe class RetryWords
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new("retry-on", SectionKinds.Proxies, "<keyword>...", &Parse));

    private static void Parse(Directive line)
    {
        if (line.Count < 2)
        {
            line.Alert("'retry-on' needs at least one keyword to specify when to retry");
            return;
        }
        if (line.Section == SectionKinds.Frontend)
        {
            line.Alert("'retry-on' only available in backend or listen section");
            return;
        }
        RetryEvents events = RetryEvents.None;
        for (int i = 1; i < line.Count; i++)
        {
            if (line[i] == "none")
            {
                if (line.Count > 2)
                {
                    line.Alert("'retry-on' 'none' keyword only usable alone");
                    return;
                }
                continue;
            }
            RetryEvents one = Find(line[i]);
            if (one == RetryEvents.None)
            {
                line.Alert($"'retry-on': unknown keyword '{line[i]}'");
                return;
            }
            events |= one;
        }
        line.Proxy.Target.RetryOn = events;
        line.Draft.Globals.KeepsRequests |= (events & RetryEvents.AfterSending) != 0;
    }

    private static RetryEvents Find(string word) =>
        word switch
        {
            "conn-failure" => RetryEvents.ConnectionFailure,
            "empty-response" => RetryEvents.EmptyResponse,
            "junk-response" => RetryEvents.JunkResponse,
            "response-timeout" => RetryEvents.ResponseTimeout,
            "0rtt-rejected" => RetryEvents.EarlyDataRejected,
            "all-retryable-errors" => RetryEvents.All,
            _ => Engine.Systems.Replay.SendAgain.OfStatus(ConfigurationUnits.TryInteger(word, out long status) ? (int)status : 0),
        };
}
