using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Systems.Http1;
using Engine.Systems.Logs;

namespace Engine.Systems.Rules.Actions;

/// <summary>
/// Reads the arguments that <c>return</c>, <c>deny</c> and <c>http-error</c> share (manual section 4.4, <c>return</c>, and 4.2).
/// </summary>
public sealed class ParseReply
{
    /// <summary>Fields of one reply at most: their values are collected on the stack.</summary>
    private const int FieldsMax = 100;

    private readonly Directive line;
    private readonly HttpReply reply = new();
    private readonly ValueList<ByteView> names = new();
    private readonly List<LogProgram> values = [];
    private string? contentType;

    /// <summary>The word that said what the reply is made of.</summary>
    private string? source;

    private string payload = "";
    private bool legacyStatus;

    /// <summary>The line is no rule but an <c>http-error</c>.</summary>
    private bool isError;

    private bool hasStatus;

    private ParseReply(Directive line) => this.line = line;

    /// <summary>Reads up to <c>if</c>, <c>unless</c> or what it does not know. Null after an alert.</summary>
    public static HttpReply? Run(Directive line, int defaultStatus, bool isDeny)
    {
        ParseReply parser = new(line);
        parser.reply.Status = (ushort)defaultStatus;
        int from = line.Position;
        while (!ActionLine.EndsHere(line) && parser.IsWord(line.Peek(), isDeny))
        {
            if (!parser.Word(line.Next())) return null;
        }

        // "deny" alone and "deny deny_status" mean the proxy's error reply.
        bool only = line.Position == from || (parser.legacyStatus && line.Position == from + 2);
        if (isDeny && parser.source is null && only) parser.source = "default-errorfiles";
        return parser.Finish() ? parser.reply : null;
    }

    /// <summary>Reads an <c>http-error</c> line. Null after an alert.</summary>
    /// <param name="line">The cursor stands behind its word.</param>
    /// <param name="section">The <c>http-errors</c> section that has the answer; null: the reply itself is it.</param>
    public static HttpReply? RunError(Directive line, out string? section)
    {
        section = null;
        ParseReply parser = new(line) { isError = true };
        while (!line.AtEnd)
        {
            if (!parser.IsWord(line.Peek(), isDeny: false))
            {
                if (!parser.hasStatus) break;
                parser.Refuse($"unknown keyword '{line.Peek()}'.");
                return null;
            }
            if (!parser.Word(line.Next())) return null;
        }
        if (!parser.hasStatus)
        {
            parser.Refuse("expects at least a <status> as arguments.\n");
            return null;
        }
        if (parser.source == "errorfiles")
        {
            parser.WarnIgnored("an errorfile");
            section = parser.payload;
            return parser.reply;
        }
        return parser.Finish() ? parser.reply : null;
    }

    private bool IsWord(string word, bool isDeny) =>
        word is "status" or "content-type" or "default-errorfiles" or "errorfile" or "errorfiles" or "file" or "lf-file"
            or "string" or "lf-string" or "hdr" || (word == "deny_status" && isDeny);

    private bool Word(string word)
    {
        switch (word)
        {
            case "status" or "deny_status":
                legacyStatus = word == "deny_status";
                return Status();
            case "content-type":
                if (line.AtEnd) return Refuse("'content-type' expects <ctype> as argument");
                contentType = line.Next();
                return true;
            case "hdr":
                return Field();
            case "default-errorfiles":
                return Source(word);
            default:
                if (!Source(word)) return false;
                if (line.AtEnd)
                {
                    string what = word == "errorfiles" ? "<name>" : word.EndsWith("file", StringComparison.Ordinal) ? "<file>"
                        : word == "lf-string" ? "<fmt>" : "<str>";
                    return Refuse($"'{word}' expects {what} as argument");
                }
                payload = line.Next();
                return true;
        }
    }

    private bool Status()
    {
        if (line.AtEnd) return Refuse("'status' expects <status_code> as argument");
        int status = ConfigurationUnits.Integer(line.Next());
        if (status is < 200 or > 599) return Refuse($"Unexpected status code '{status}'");
        reply.Status = (ushort)status;
        hasStatus = true;
        return true;
    }

    private bool Source(string word)
    {
        if (source is not null) return Refuse($"unexpected '{word}' argument, '{source}' already defined");
        source = word;
        return true;
    }

    private bool Field()
    {
        string name = line.Next();
        if (name.Length == 0 || line.AtEnd) return Refuse("'hdr' expects <name> and <value> as arguments");
        string value = line.Next();

        // The length is the reply's own.
        if (name.Equals("content-length", StringComparison.OrdinalIgnoreCase)) return true;

        // Written with the connection's fate, which it decides.
        if (name.Equals("connection", StringComparison.OrdinalIgnoreCase) && !value.Contains('%', StringComparison.Ordinal))
        {
            value = TakeFate(value);
            if (value.Length == 0) return true;
        }
        if (Format(value, isPlain: false) is not { } program) return false;
        if (names.Count == FieldsMax) return Refuse("too many 'hdr' arguments");
        names.Add(ByteView.Literal(name.ToLowerInvariant() + ": "));
        values.Add(program);
        return true;
    }

    /// <summary>What a Connection field holds besides <c>close</c>, which is noted, and <c>keep-alive</c>.</summary>
    private string TakeFate(string value)
    {
        List<string> others = [];
        foreach (string option in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (option.Equals("close", StringComparison.OrdinalIgnoreCase)) reply.Closes = true;
            else if (!option.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)) others.Add(option);
        }
        return string.Join(", ", others);
    }

    private bool Finish()
    {
        switch (source)
        {
            case "default-errorfiles":
                reply.IsErrorReply = true;
                WarnIgnored("an errorfile");
                return StandardAnswers.Has(reply.Status)
                    || Refuse($"status code '{reply.Status}' not handled by default with '{source}' argument.");
            case "errorfile":
                WarnIgnored("an errorfile");
                return File();
            case "errorfiles":
                WarnIgnored("an errorfile");
                return Section();
            case null:
                if (contentType is not null)
                {
                    line.Warn($"content-type '{contentType}' ignored by the http reply because neither errorfile nor "
                        + "payload defined.");
                    contentType = null;
                }
                break;
            default:
                if (!Payload()) return false;
                break;
        }
        reply.FieldNames = names.ToArray();
        reply.FieldValues = [.. values];
        reply.StatusLine = ByteView.Literal(StatusLine.Of(reply.Status));
        reply.HeadEnd = ByteView.Literal(contentType is null ? "\r\n" : $"content-type: {contentType}\r\n\r\n");
        if (values.Count == 0 && reply.BodyFormat is null)
        {
            reply.ReadyHead = ByteView.Literal(
                $"{reply.StatusLine}content-length: {reply.Body.Length}\r\n{reply.HeadEnd}");
        }
        return true;
    }

    private void WarnIgnored(string what)
    {
        if (contentType is not null)
            line.Warn($"content-type '{contentType}' ignored by the http reply when used with {what}.");
        if (names.Count > 0 || reply.Closes) line.Warn($"hdr parameters ignored by the http reply when used with {what}.");
    }

    private bool Payload()
    {
        bool isFormat = source is "lf-file" or "lf-string";
        if (source is "file" or "lf-file")
        {
            if (!TryRead(payload, out byte[] bytes)) return Refuse($"error opening file '{payload}'");
            payload = Encoding.Latin1.GetString(bytes);
        }
        if (isFormat && contentType is null)
            return Refuse("a content type must be defined with a log-format payload");
        if (payload.Length > 0 && contentType is null)
            return Refuse("a content type must be defined when non-empty payload is configured");
        if (payload.Length == 0 && contentType is not null)
        {
            line.Warn($"content-type '{contentType}' ignored by the http reply when used with an empty payload.");
            contentType = null;
        }
        if (reply.Status is 204 or 304 && payload.Length > 0)
            return Refuse($"No body expected for {reply.Status} responses");
        if (!isFormat)
        {
            reply.Body = ByteView.Literal(payload);
            return true;
        }
        reply.BodyFormat = Format(payload, isPlain: true);
        return reply.BodyFormat is not null;
    }

    /// <summary>The message of an <c>http-errors</c> section, which may stand anywhere.</summary>
    private bool Section()
    {
        if (!StandardAnswers.Has(reply.Status))
            return Refuse($"status code '{reply.Status}' not handled by default with '{source}' argument.");
        ResolveReplies.Later(line.Proxy, reply, payload);
        return true;
    }

    /// <summary>A file that holds a whole message; an empty one closes without a word.</summary>
    private bool File()
    {
        if (!TryRead(payload, out byte[] bytes)) return Refuse($"error opening file '{payload}'.");
        reply.File = StoreMessage.TryRun(bytes);
        if (reply.File is null) return Refuse($"invalid message in file '{payload}'");
        reply.Closes = reply.File.Closes;
        return true;
    }

    private static bool TryRead(string path, out byte[] bytes)
    {
        bytes = [];
        try
        {
            bytes = System.IO.File.ReadAllBytes(path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private LogProgram? Format(string text, bool isPlain)
    {
        if (!isError) return ActionLine.Format(line, text, isPlain);
        ParsePlace place = ParsePlace.Of(line, SamplePlaces.Request | SamplePlaces.Response, "http-error expression");
        if (CompileFormat.Run(place, text, forLogs: false, out string reason, isPlain) is { } program) return program;
        Refuse(reason);
        return null;
    }

    private bool Refuse(string reason)
    {
        if (!isError) return ActionLine.Refuse(line, reason);
        line.Alert($"http-error : {reason}");
        return false;
    }
}
