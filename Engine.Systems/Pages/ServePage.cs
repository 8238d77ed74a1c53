using System;
using System.Text;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Messages;
using Engine.Data.Pages;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Rules;
using Engine.Systems.Samples;
using Engine.Systems.Streams;
using Engine.Systems.Timers;

namespace Engine.Systems.Pages;

/// <summary>
/// Answers requests for the statistics page and the exporter: whoever makes pages is asked, the stream waits, and
/// <see cref="DeliverPage"/> sends what comes.
/// </summary>
public static unsafe class ServePage
{
    private const string Refusal = "<html><body><h1>401 Unauthorized</h1>\n"
        + "You need a valid user and password to access this content.\n</body></html>\n";

    /// <summary>True: the request is for the page and was taken care of.</summary>
    public static bool TryRun(
        World world, uint row, ref Stream stream, ref Evaluation scope, StatsPage page, RuleStage stage)
    {
        MessageHead* head = stream.Head;
        if (head == null || !head->PathAndQuery.Span.StartsWith(page.Prefix.Span)) return false;
        bool isForm = head->Method == Method.Post;
        if (!isForm && head->Method is not (Method.Get or Method.Head)) return false;
        bool mayEnter = page.Credentials.Length == 0 || IsAllowed(head, page);
        if (isForm && mayEnter && !BufferRequest.Run(world, row, ref stream, ref scope, stage)) return true;
        FailStream.SetEnd(ref world.Log[row], 'L', 'R');
        if (!mayEnter)
        {
            Refuse(world, row, ref stream, page);
            return true;
        }
        bool admin = false;
        foreach (Engine.Data.Rules.Condition? condition in page.AdminConditions)
            admin |= RunRules.Matches(ref scope, condition);
        string? form = isForm ? FormOf(ref scope) : null;
        Ask(world, row, ref stream, isForm ? PageKind.StatisticsForm : PageKind.Statistics, page, admin, form);
        return true;
    }

    /// <summary>The exporter was chosen by a rule.</summary>
    public static void Export(World world, uint row, ref Stream stream)
    {
        FailStream.SetEnd(ref world.Log[row], 'L', 'R');
        Ask(world, row, ref stream, PageKind.Exporter, null, admin: false, null);
    }

    private static void Ask(
        World world, uint row, ref Stream stream, PageKind kind, StatsPage? page, bool admin, string? form)
    {
        world.ProxyCounters[stream.Frontend].Intercepted++;
        Take(world, row, ref stream, kind);
        if (world.Shared.MakePage is not { } make || stream.Head == null)
        {
            FailStream.Run(world, row, ref stream, 503, 'L', 'R');
            return;
        }
        stream.State = StreamState.AwaitingPage;
        ref Connection client = ref world.Connection[stream.Client];
        SetTimeout.Connection(
            world, stream.Client, ref client, world.Configuration.Proxies[stream.Frontend].Timeouts.ClientMs);
        make(new PageRequest(
            kind, stream.Head->PathAndQuery.ToString(), page, admin, form, world.Thread, row, world.Streams.Generation(row)));
    }

    /// <summary>From here the stream is the service's: its line names it where a server's name would stand.</summary>
    private static void Take(World world, uint row, ref Stream stream, PageKind kind)
    {
        stream.Flags |= StreamFlags.Served;
        world.Log[row].Page = kind;
    }

    /// <summary>The whole body; null where it is more than a buffer holds.</summary>
    private static string? FormOf(ref Evaluation scope)
    {
        bool taken = BodyInput.TryTake(ref scope, ofResponse: false, out ByteView body, out bool isWhole, out _);
        return taken && isWhole ? Encoding.Latin1.GetString(body.Span) : null;
    }

    private static bool IsAllowed(MessageHead* head, StatsPage page)
    {
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Removed || !field.NameSpan.SequenceEqual("authorization"u8)) continue;
            ReadOnlySpan<byte> value = field.ValueSpan;
            if (value.Length < 6 || !Ascii.EqualsIgnoreCase(value[..6], "Basic "u8)) continue;
            string given = Encoding.Latin1.GetString(value[6..].Trim((byte)' '));
            foreach (string known in page.Credentials)
                if (IsSame(given, known)) return true;
        }
        return false;
    }

    /// <summary>Takes as long for any two texts of one length, so that time tells nothing.</summary>
    private static bool IsSame(string left, string right)
    {
        if (left.Length != right.Length) return false;
        int different = 0;
        for (int i = 0; i < left.Length; i++) different |= left[i] ^ right[i];
        return different == 0;
    }

    private static void Refuse(World world, uint row, ref Stream stream, StatsPage page)
    {
        byte[] head = Encoding.Latin1.GetBytes(
            $"HTTP/1.1 401 Unauthorized\r\ncontent-length: {Refusal.Length}\r\ncache-control: no-cache\r\n"
            + $"content-type: text/html\r\nwww-authenticate: Basic realm=\"{page.Realm}\"\r\n\r\n");
        byte[] body = (stream.Flags & StreamFlags.HeadRequest) != 0 ? [] : Encoding.Latin1.GetBytes(Refusal);
        stream.Status = 401;
        Take(world, row, ref stream, PageKind.Statistics);
        if (!stream.Request.Done) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        fixed (byte* start = head, text = body)
            WriteReply.Run(world, row, ref stream, new ByteView(start, head.Length), new ByteView(text, body.Length), copies: true);
    }
}
