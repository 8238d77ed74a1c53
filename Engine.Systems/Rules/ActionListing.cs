using System;
using System.Text;
using Engine.Data.Registries;

namespace Engine.Systems.Rules;

/// <summary>
/// The actions that a refusal of an unknown one names, in the order tools know them from the reference; those that are not
/// among them follow in the order of the alphabet. Words that do not run yet are named too: they are refused by name.
/// </summary>
internal static class ActionListing
{
    private const string Counters = "sc-add-gpc(*) sc-inc-gpc(*) sc-inc-gpc0(*) sc-inc-gpc1(*) sc-set-gpt(*) sc-set-gpt0(*)";
    private const string Variables = "set-var-fmt(*) set-var(*) unset-var(*)";
    private const string Early = "accept reject capture expect-proxy expect-netscaler-cip track-sc0.track-sc2";
    private const string Addresses = "set-dst set-dst-port set-fc-mark set-fc-tos set-mark set-src set-src-port set-tos silent-drop";
    private const string Edits = "add-header add-headers-bin allow";
    private const string Deletions = "del-acl(*) del-header del-headers-bin del-map(*)";
    private const string Shaping = "set-bandwidth-limit set-priority-class set-priority-offset";

    public static void Append(StringBuilder text, RuleSet set)
    {
        string order = OrderOf(set.Word);
        string separator = "";
        foreach (string word in order.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(separator).Append('\'').Append(word.Replace(".", "' ... '")).Append('\'');
            separator = ", ";
        }
        foreach (ActionWord action in set.Actions.Rows)
        {
            string word = action.MatchesPrefix ? action.Word + "(*)" : action.Word;
            if (action.Word.StartsWith("track-sc") || $" {order} ".Contains($" {word} ")) continue;
            text.Append(separator).Append('\'').Append(word).Append('\'');
            separator = ", ";
        }
    }

    private static string OrderOf(string set) =>
        set switch
        {
            "tcp-request connection" => $"{Early} {Counters} {Variables} do-log {Addresses}",
            "tcp-request session" => $"{Early} {Counters} {Variables} attach-srv do-log {Addresses}",
            "tcp-request content" => $"{Early} send-spoe-group set-retries set-log-level set-nice switch-mode use-service "
                + $"{Counters} do-resolve(*) {Variables} do-log set-bc-mark set-bc-tos {Addresses} {Shaping}",
            "tcp-response content" => $"accept close reject send-spoe-group set-log-level set-nice {Counters} {Variables} "
                + "do-log set-fc-mark set-fc-tos set-mark set-tos silent-drop set-bandwidth-limit",
            "http-request" => $"send-spoe-group wait-for-handshake set-retries set-log-level set-nice use-service {Counters} "
                + $"do-resolve(*) cache-use add-acl(*) {Edits} auth capture {Deletions} deny disable-l7-retry do-log "
                + "early-hint normalize-uri pause redirect reject replace-header replace-path replace-pathq replace-uri "
                + "replace-value return set-header set-headers-bin set-map(*) set-method set-path set-pathq set-query "
                + $"set-uri strict-mode tarpit track-sc(*) set-timeout wait-for-body {Variables} set-bc-mark set-bc-tos "
                + $"{Addresses} {Shaping}",
            "http-response" => $"send-spoe-group set-log-level set-nice {Counters} cache-store add-acl(*) {Edits} capture "
                + $"{Deletions} deny do-log pause redirect replace-header replace-value return set-header set-headers-bin "
                + $"set-map(*) set-status strict-mode track-sc(*) set-timeout wait-for-body {Variables} set-fc-mark "
                + "set-fc-tos set-mark set-tos silent-drop set-bandwidth-limit",
            _ => $"set-log-level {Counters} {Edits} capture {Deletions} do-log replace-header replace-value set-header "
                + $"set-headers-bin set-map(*) set-status strict-mode {Variables}",
        };
}
