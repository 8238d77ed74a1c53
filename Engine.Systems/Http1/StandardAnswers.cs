using System;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Tables;

namespace Engine.Systems.Http1;

/// <summary>
/// The answers the engine gives by itself where no errorfile says otherwise: the reference's lines and shape,
/// our own words. Built once into native memory.
/// </summary>
public static class StandardAnswers
{
    private const int Variants = 3;

    private static readonly (int Status, string Reason, string Sentence)[] Texts =
    [
        (200, "OK", "The service is up."),
        (400, "Bad request", "This request could not be understood."),
        (401, "Unauthorized", "This content asks for a name and a password."),
        (403, "Forbidden", "The rules of this site refuse the request."),
        (404, "Not Found", "There is nothing at this address."),
        (405, "Method Not Allowed", "This resource does not take requests of this method."),
        (407, "Unauthorized", "This proxy asks for a name and a password."),
        (408, "Request Time-out", "The request did not arrive completely in time."),
        (410, "Gone", "This resource was removed and will not come back."),
        (413, "Payload Too Large", "The request carries more data than is allowed here."),
        (414, "URI Too Long", "The address of this request is longer than allowed here."),
        (421, "Misdirected Request", "This server does not answer for the requested host."),
        (422, "Unprocessable Content", "The request uses a coding that is not available here."),
        (425, "Too Early", "The request came as early data and should be sent again."),
        (429, "Too Many Requests", "There were too many requests in a short time."),
        (431, "Request Header Fields Too Large", "The header of this request is larger than allowed here."),
        (500, "Internal Server Error", "The request failed inside this proxy."),
        (501, "Not Implemented", "What this request asks for is not available here."),
        (502, "Bad Gateway", "The server behind this proxy gave an invalid or incomplete answer."),
        (503, "Service Unavailable", "No server is free to take this request now."),
        (504, "Gateway Time-out", "The server behind this proxy did not answer in time."),
    ];

    private static readonly ByteView[] Messages = Build();
    private static readonly int[] HeadLengths = HeadsOf(Messages);

    public static bool Has(int status) => IndexOf(status) >= 0;

    /// <summary>
    /// The whole message of a status that <see cref="Has"/> knows. 400 and 408 always close, as the reference
    /// has it.
    /// </summary>
    /// <param name="connection">Nothing, Close or KeepAlive.</param>
    /// <param name="withoutBody">To HEAD: the head alone, which still tells the body's length.</param>
    public static ByteView Of(int status, ConnectionSaid connection, bool withoutBody = false)
    {
        Check.That(connection != ConnectionSaid.Upgrade);
        int index = IndexOf(status);
        Check.That(index >= 0);
        if (status is 400 or 408) connection = ConnectionSaid.Close;
        index = index * Variants + (int)connection;
        ByteView message = Messages[index];
        return withoutBody ? message.Slice(0, HeadLengths[index]) : message;
    }

    private static int IndexOf(int status)
    {
        for (int i = 0; i < Texts.Length; i++)
        {
            if (Texts[i].Status == status) return i;
        }
        return -1;
    }

    private static ByteView[] Build()
    {
        ByteView[] messages = new ByteView[Texts.Length * Variants];
        for (int i = 0; i < messages.Length; i++)
        {
            (int status, string reason, string sentence) = Texts[i / Variants];
            string title = status + " " + reason;
            string body = "<html><body><h1>" + title + "</h1>\n" + sentence + "\n</body></html>\n";
            StringBuilder text = new();
            text.Append("HTTP/1.1 ").Append(title).Append("\r\n");
            text.Append("content-length: ").Append(body.Length).Append("\r\n");
            text.Append("cache-control: no-cache\r\n");
            text.Append("content-type: text/html\r\n");
            ConnectionSaid connection = (ConnectionSaid)(i % Variants);
            if (connection == ConnectionSaid.Close) text.Append("connection: close\r\n");
            if (connection == ConnectionSaid.KeepAlive) text.Append("connection: keep-alive\r\n");
            text.Append("\r\n").Append(body);
            messages[i] = ByteView.Literal(text.ToString());
        }
        return messages;
    }

    private static int[] HeadsOf(ByteView[] messages)
    {
        int[] lengths = new int[messages.Length];
        for (int i = 0; i < messages.Length; i++) lengths[i] = messages[i].Span.IndexOf("\r\n\r\n"u8) + 4;
        return lengths;
    }
}
