using System;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using Engine.Data.Messages;
using Engine.Data.Pages;
using Engine.Runtime.Admin.Statistics;
using Engine.Systems.Pages;

namespace Engine.Runtime.Admin.Pages;

/// <summary>
/// Makes the pages of the statistics on a thread of its own, so that no traffic waits for one, however many servers it
/// shows; the worker thread of the stream is given the finished bytes.
/// </summary>
/// <param name="services">What runs.</param>
/// <param name="engine">Its figures.</param>
/// <param name="samples">Nobody else measures the rates.</param>
public sealed unsafe class StatsPages(AdminServices services, EngineAccess engine, bool samples)
{
    private const int SampleMs = 1000;

    /// <summary>Requests that may wait: more are answered that there are too many.</summary>
    private const int WaitingMax = 64;

    private readonly BlockingCollection<PageRequest> requests = new(WaitingMax);

    /// <summary>Memory of pages that were sent.</summary>
    private readonly ConcurrentQueue<nint> sent = new();

    /// <summary>Begins to take requests, if the configuration can have any.</summary>
    public void Start()
    {
        new Thread(Serve) { IsBackground = true, Name = "sluice-pages" }.Start();
        engine.Shared.MakePage = Ask;
        engine.Shared.FreePage = sent.Enqueue;
    }

    /// <summary>Takes a request; from a worker thread, so it never waits.</summary>
    private void Ask(PageRequest request)
    {
        if (!requests.TryAdd(request)) Deliver(request, 503, Head(503, "Service Unavailable", "text/plain", "", 0), new PageBody());
    }

    private void Serve()
    {
        Process.BackgroundThread.GiveWay();
        long nextMs = 0;
        while (true)
        {
            long nowMs = Environment.TickCount64;
            if (nowMs >= nextMs)
            {
                nextMs = nowMs + SampleMs;
                if (samples) services.EverySecond();
                for (int thread = 0; thread < engine.Worlds.Length; thread++)
                    if (engine.Worlds[thread].PageBlocks.Count > 0) engine.Post(thread, DeliverPage.Sweep);
            }
            while (sent.TryDequeue(out nint start)) NativeMemory.Free((void*)start);
            if (!requests.TryTake(out PageRequest? request, SampleMs)) continue;
            PageBody body = new() { IsWanted = () => IsWanted(request) };
            try
            {
                Make(request, body);
            }
            catch (Exception failure)
            {
                body.Free();
                string text = $"Internal error: {failure.GetType().Name}\n";
                Deliver(request, 500, Head(500, "Internal Server Error", "text/plain", "", text.Length), new PageBody().Add(text));
            }
        }
    }

    /// <summary>A look from outside the worker thread: its answer may be a moment old.</summary>
    private bool IsWanted(PageRequest request) => DeliverPage.IsWanted(engine.Worlds[request.Thread], request);

    private void Make(PageRequest request, PageBody body)
    {
        if (request.Kind == PageKind.Exporter)
        {
            if (ExporterQuery.Read(request.Target) is not { } query) Refuse(request, body);
            else
            {
                ExporterText.Write(services, engine, query, body);
                Answer(request, "text/plain; version=0.0.4", "", body);
            }
            return;
        }
        PageOptions options = PageOptions.Read(request);
        if (request.Kind == PageKind.StatisticsForm)
        {
            string outcome = PageForm.Apply(engine, request);
            string location = $"location: {options.Path};st={outcome}{options.KeptBehindForm}\r\n";
            Deliver(request, 303, Head(303, "See Other", "text/plain", location, 0), body);
            return;
        }
        string refresh = request.Page!.RefreshSeconds > 0 && !options.NoRefresh
            ? $"refresh: {request.Page.RefreshSeconds}\r\n"
            : "";
        string type = "application/json";
        switch (options.Form)
        {
            case PageForms.Csv:
                type = "text/plain";
                PageText.Csv(engine, options, body);
                break;
            case PageForms.Json:
                PageText.Json(engine, options, body);
                break;
            case PageForms.Schema:
                body.Add(SchemaText.Text);
                break;
            default:
                type = "text/html";
                HtmlPage.Write(services, engine, request, options, body);
                break;
        }
        Answer(request, type, refresh, body);
    }

    private void Refuse(PageRequest request, PageBody body)
    {
        body.Add("<html><body><h1>400 Bad request</h1>\nThis request could not be understood.\n</body></html>\n");
        Deliver(request, 400, Head(400, "Bad request", "text/html", "", body.Length), body);
    }

    private void Answer(PageRequest request, string type, string fields, PageBody body) =>
        Deliver(request, 200, Head(200, "OK", type, fields, body.Length), body);

    private static string Head(int status, string reason, string type, string fields, int length) =>
        $"HTTP/1.1 {status} {reason}\r\ncache-control: no-cache\r\ncontent-type: {type}\r\n{fields}"
        + $"content-length: {length}\r\n\r\n";

    private void Deliver(PageRequest request, ushort status, string head, PageBody body)
    {
        byte[] start = Encoding.Latin1.GetBytes(head);
        engine.Post(request.Thread, world =>
        {
            fixed (byte* bytes = start)
                DeliverPage.Run(world, request, status, new ByteView(bytes, start.Length), new ByteView(body.Start, body.Length));
        });
    }
}
