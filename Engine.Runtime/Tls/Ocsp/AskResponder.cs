using System;
using System.Diagnostics;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace Engine.Runtime.Tls.Ocsp;

/// <summary>
/// One HTTP exchange with a responder, on the thread of the updates. A connection that fails is tried again after a second,
/// three times.
/// </summary>
internal sealed class AskResponder : IDisposable
{
    private const int Retries = 3;
    private const int RetryPauseMs = 1000;
    private const int ConnectTimeoutMs = 5000;
    private const int AnswerTimeoutMs = 60_000;
    private const string ResponseType = "application/ocsp-response";

    private readonly HttpClient client;

    public AskResponder(OcspSettings settings)
    {
        SocketsHttpHandler sockets = new()
        {
            UseProxy = settings.HttpProxy.Length > 0,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromMilliseconds(ConnectTimeoutMs),
            PooledConnectionLifetime = TimeSpan.Zero,
        };
        if (settings.HttpProxy.Length > 0) sockets.Proxy = new WebProxy($"http://{settings.HttpProxy}/");
        client = new HttpClient(sockets)
        {
            Timeout = TimeSpan.FromMilliseconds(AnswerTimeoutMs),
            MaxResponseContentBufferSize = settings.AnswerMax,
        };
    }

    public void Dispose() => client.Dispose();

    /// <summary>Asks, and fills what came of it. Waits; errors are in the status.</summary>
    /// <param name="question">What is sent.</param>
    /// <param name="body">The response, where the status is <see cref="OcspStatus.Updated"/>.</param>
    /// <param name="fault">The line for the log of HTTP; empty: HTTP itself went well.</param>
    public OcspStatus Run(OcspQuestion question, out byte[] body, out string fault)
    {
        body = [];
        fault = "";
        DateTime began = DateTime.Now;
        Stopwatch watch = Stopwatch.StartNew();
        int retries = 0;
        while (true)
        {
            try
            {
                return Send(question, out body, out fault, began, watch, retries);
            }
            catch (HttpRequestException failure) when (IsConnect(failure) && retries < Retries)
            {
                retries++;
                Thread.Sleep(RetryPauseMs);
            }
            catch (HttpRequestException)
            {
                fault = Line(question, began, watch, "503", "SC", retries);
                return OcspStatus.HttpError;
            }
            catch (Exception failure) when (failure is OperationCanceledException or TimeoutException)
            {
                fault = Line(question, began, watch, "504", "sH", retries);
                return OcspStatus.HttpError;
            }
            catch (Exception failure) when (failure is UriFormatException or InvalidOperationException or NotSupportedException)
            {
                return OcspStatus.HttpError; // an address that cannot be asked
            }
        }
    }

    private static bool IsConnect(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;

    private OcspStatus Send(
        OcspQuestion question, out byte[] body, out string fault, DateTime began, Stopwatch watch, int retries)
    {
        body = [];
        fault = "";
        using HttpRequestMessage request = new(question.Body is null ? HttpMethod.Get : HttpMethod.Post, question.Address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Sluice", null));
        request.Headers.ConnectionClose = true;
        if (question.Body is { } content)
        {
            request.Content = new ByteArrayContent(content);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        }
        using HttpResponseMessage answer = client.Send(request);
        int status = (int)answer.StatusCode;
        if (status >= 500) fault = Line(question, began, watch, status.ToString(), "--", retries);
        if (status != 200) return OcspStatus.HttpError;
        string? type = answer.Content.Headers.ContentType?.ToString();
        if (!string.Equals(type, ResponseType, StringComparison.OrdinalIgnoreCase)) return OcspStatus.NoResponseType;
        body = answer.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult(); // it is in memory already
        return OcspStatus.Updated;
    }

    /// <summary>As the reference's HTTP client logs a failed exchange.</summary>
    private static string Line(
        OcspQuestion question, DateTime began, Stopwatch watch, string status, string cause, int retries)
    {
        bool isAnswered = cause != "SC";
        long total = watch.ElapsedMilliseconds;
        string times = isAnswered ? $"0/0/0/{(status == "504" ? -1 : total)}/{total}" : $"0/0/-1/-1/{total}";
        return $"-:- [{began:dd/MMM/yyyy:HH:mm:ss.fff}] <OCSP-UPDATE> -/- {times} {status} 0 - - {cause}-- 0/0/0/0/{retries} 0/0 {{}} "
            + $"\"{(question.Body is null ? "GET" : "POST")} {question.Address} HTTP/1.1\"";
    }
}
