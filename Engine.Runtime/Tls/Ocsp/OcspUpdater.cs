using System;
using System.Collections.Generic;
using System.Threading;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls.Ocsp;

/// <summary>
/// Keeps responses up to date: one thread of its own asks responders one after the other, so that nothing else waits for
/// them. Handshakes take what is current (<see cref="OcspStaple.Current"/>).
/// </summary>
public sealed class OcspUpdater(OcspSettings settings)
{
    private const int LevelNotice = 5;
    private const int LevelInfo = 6;

    /// <summary>The clock may be set meanwhile: it is looked at this often at least.</summary>
    private const int LookAgainMs = 60_000;

    /// <summary>Guards the schedule and what entries say of their turn.</summary>
    private readonly object gate = new();

    private readonly OcspSchedule schedule = new(settings);
    private Func<Action<int, string>>? openLog;
    private Thread? thread;

    /// <summary>From here on turns come. Before, entries only gather.</summary>
    /// <param name="open">
    /// Answers what writes a line of a level to the log of the process; the updater's thread calls both.
    /// </param>
    public void Start(Func<Action<int, string>> open)
    {
        lock (gate)
        {
            openLog = open;
            StartThread();
        }
    }

    /// <summary>A response is to be kept up to date; one that is already stays as it is.</summary>
    public void Keep(CertificateFile file, OcspStaple staple, string address)
    {
        if (settings.IsDisabled) return;
        lock (gate)
        {
            if (schedule.Find(staple) is not null) return;
            schedule.Add(EntryOf(file, staple, address), Now);
            StartThread();
            Monitor.Pulse(gate);
        }
    }

    /// <summary>A response is to be fetched now, whether it is kept up to date or not.</summary>
    public void Ask(CertificateFile file, OcspStaple staple)
    {
        lock (gate)
        {
            if (schedule.Find(staple) is { } known) schedule.Hurry(known);
            else
            {
                OcspEntry entry = EntryOf(file, staple, OcspQuestion.ResponderOf(file.Certificate));
                entry.IsOnce = true;
                schedule.Add(entry, Now);
            }
            StartThread();
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Lets go what is about no response in use.</summary>
    public void Prune(ICollection<OcspStaple> used)
    {
        lock (gate)
        {
            foreach (OcspEntry entry in schedule.Unused(used))
            {
                schedule.Remove(entry);
                if (!entry.IsUnderWay) entry.Free();
            }
        }
    }

    /// <summary>Lines of <c>show ssl ocsp-updates</c>: those that wait, in the order of their turns.</summary>
    public List<string> Describe()
    {
        lock (gate)
        {
            long now = Now;
            return schedule.Waiting().ConvertAll(entry =>
                $"{Convert.ToHexStringLower(entry.Staple.Identifier)} | {entry.Staple.Path} | "
                + $"{DateText(entry.NextSeconds == 0 ? now : entry.NextSeconds)} | "
                + $"{(entry.LastSeconds == 0 ? "-" : DateText(entry.LastSeconds))} | "
                + $"{entry.Successes} | {entry.Failures} | {(int)entry.Status} | {entry.StatusText}");
        }
    }

    private static string DateText(long seconds)
    {
        DateTimeOffset local = DateTimeOffset.FromUnixTimeSeconds(seconds).ToLocalTime();
        return $"{local:dd/MMM/yyyy:HH:mm:ss} {local.ToString("zzz").Replace(":", "")}";
    }

    private static unsafe OcspEntry EntryOf(CertificateFile file, OcspStaple staple, string address)
    {
        List<nint> issuers = [];
        foreach (nint certificate in (nint[])[file.Issuer, .. file.Chain, .. file.Shared?.Items ?? []])
        {
            if (certificate == 0) continue;
            _ = OpenSsl.CertificateUpRef(certificate);
            issuers.Add(certificate);
        }
        return new OcspEntry { Staple = staple, Address = address, Issuers = issuers };
    }

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>The thread comes with the first turn: most processes have none.</summary>
    private void StartThread()
    {
        if (openLog is null || thread is not null || schedule.Waiting().Count == 0) return;
        thread = new Thread(Run) { IsBackground = true, Name = "ocsp" };
        thread.Start();
    }

    private void Run()
    {
        Action<int, string> log = openLog!();
        using AskResponder responder = new(settings);
        while (true)
        {
            OcspEntry? entry;
            lock (gate)
            {
                while ((entry = schedule.Take(Now, out long wait)) is null)
                    Monitor.Wait(gate, (int)Math.Min(wait < 0 ? LookAgainMs : wait * 1000, LookAgainMs));
            }
            string fault = Update(responder, entry);
            string line;
            lock (gate)
            {
                schedule.Finish(entry, Now);
                line = $"<OCSP-UPDATE> {entry.Staple.Path} {(int)entry.Status} \"{entry.StatusText}\" "
                    + $"{entry.Failures} {entry.Successes}";
                if (entry.IsDropped || entry.IsOnce) entry.Free();
            }
            log(LevelNotice, line);
            if (fault.Length > 0) log(LevelInfo, fault);
        }
    }

    /// <summary>One update; its status is the entry's. The log line of a failed exchange, or empty.</summary>
    private static string Update(AskResponder responder, OcspEntry entry)
    {
        entry.Status = OcspStatus.HttpError;
        if (OcspQuestion.Make(entry.Address, entry.Staple.Identifier) is not { } question) return "";
        entry.Status = responder.Run(question, out byte[] der, out string fault);
        if (entry.Status != OcspStatus.Updated) return fault;
        entry.Reason = VerifyOcspResponse.Run(der, entry.Issuers);
        if (entry.Reason.Length > 0)
        {
            entry.Status = OcspStatus.CheckFailed;
            return "";
        }
        SortedDictionary<string, OcspStaple> about = new() { [Convert.ToHexStringLower(entry.Staple.Identifier)] = entry.Staple };
        entry.Reason = StapleResponses.Read(der, about, out _, out OcspStaple.Response? response);
        if (entry.Reason.Length > 0) entry.Status = OcspStatus.NotUsable;
        else entry.Staple.Current = response;
        return "";
    }
}
