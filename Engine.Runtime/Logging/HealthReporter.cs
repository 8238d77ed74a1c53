using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Tables;
using Engine.Runtime.CommandLine;

namespace Engine.Runtime.Logging;

/// <summary>
/// Tells what became of servers: in the log of their backend and on standard error. Worker threads call it, one at a
/// time; it happens when a server changes, not with traffic.
/// </summary>
/// <param name="log">Of its own: nobody else writes to it.</param>
/// <param name="configuration">Whose backends they are.</param>
/// <param name="messages">Standard error.</param>
public sealed class HealthReporter(ProcessLog log, CompiledConfiguration configuration, MessageWriter messages)
{
    private readonly Lock gate = new();

    public void Tell(ValueList<HealthNotice> notices)
    {
        lock (gate)
        {
            for (int i = 0; i < notices.Count; i++)
            {
                HealthNotice notice = notices[i];
                if (notice.IsAlert) messages.Alert(notice.Message);
                else messages.Warning(notice.Message);
                log.Send(configuration.Proxies[notice.Proxy], notice.Level, notice.Text);
            }
        }
    }

    /// <summary>Sends a line to the targets of the <c>global</c> section.</summary>
    /// <param name="level">Syslog level, 0 (emerg) to 7 (debug).</param>
    public void Send(int level, string text)
    {
        lock (gate) log.SendGlobal(level, text);
    }
}
