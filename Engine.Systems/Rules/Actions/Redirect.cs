using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Systems.Http1;

namespace Engine.Systems.Rules.Actions;

/// <summary><c>redirect</c>, as an action and as a line of its own (manual section 4.2).</summary>
internal static unsafe class Redirect
{
    private const string Options =
        "expects 'code', 'prefix', 'location', 'scheme', 'set-cookie', 'set-cookie-fmt', 'clear-cookie', "
        + "'drop-query', 'keep-query', 'ignore-empty' or 'append-slash'";

    private enum Kind : byte
    {
        None = 0,
        Location,
        Prefix,
        Scheme,
    }

    private sealed class Operands
    {
        public Kind Kind;
        public ushort Code = 302;
        public bool DropQuery;
        public bool KeepQuery;
        public bool AppendSlash;
        public bool IgnoreEmpty;
        public LogProgram To = null!;

        /// <summary>Value of the Set-Cookie field; null: none.</summary>
        public LogProgram? Cookie;

        /// <summary>Status line and fields up to the location's value.</summary>
        public ByteView Before;

        /// <summary>What follows the location's value, up to the cookie.</summary>
        public ByteView After;
    }

    [ModuleInitializer]
    internal static void Register()
    {
        const string usage = "{ location | prefix | scheme } <to> [ code <code> ] <option>...";
        Words.HttpRequestActions.Add(new("redirect", usage, &ParseAction) { IsFinal = true });
        Words.HttpResponseActions.Add(new("redirect", usage, &ParseAction) { IsFinal = true });
    }

    private static bool ParseAction(Directive line, ref RuleStep step) => TryParse(line, isLine: false, ref step);

    /// <summary>Reads the arguments; a line of its own takes no formats.</summary>
    public static bool TryParse(Directive line, bool isLine, ref RuleStep step)
    {
        Operands operands = new();
        string to = "";
        string? cookie = null;
        bool cookieIsFormat = false;
        while (!ActionLine.EndsHere(line))
        {
            string word = line.Next();
            switch (word)
            {
                case "location" or "prefix" or "scheme" or "code" or "set-cookie" or "set-cookie-fmt" or "clear-cookie":
                    if (line.AtEnd) return ActionLine.Refuse(line, $"missing argument for '{word}'");
                    break;
            }
            switch (word)
            {
                case "location":
                    operands.Kind = Kind.Location;
                    to = line.Next();
                    break;
                case "prefix":
                    operands.Kind = Kind.Prefix;
                    to = line.Next();
                    break;
                case "scheme":
                    operands.Kind = Kind.Scheme;
                    to = line.Next();
                    break;
                case "code":
                    if (!TryCode(line, operands)) return false;
                    break;
                case "set-cookie":
                    cookie = line.Next() + "; path=/;";
                    cookieIsFormat = false;
                    break;
                case "set-cookie-fmt":
                    cookie = line.Next() + "; path=/;";
                    cookieIsFormat = true;
                    break;
                case "clear-cookie":
                    cookie = line.Next() + "; path=/; Max-Age=0;";
                    cookieIsFormat = false;
                    break;
                case "drop-query":
                    operands.DropQuery = true;
                    break;
                case "keep-query":
                    operands.KeepQuery = true;
                    break;
                case "append-slash":
                    operands.AppendSlash = true;
                    break;
                case "ignore-empty":
                    operands.IgnoreEmpty = true;
                    break;
                default:
                    return ActionLine.Refuse(line, $"{Options} (was '{word}')");
            }
        }
        if (operands.Kind == Kind.None)
            return ActionLine.Refuse(line, "redirection type expected ('prefix', 'location', or 'scheme')");
        if (RuleSet.Of(line) == RuleSet.HttpResponse && operands.Kind != Kind.Location)
            return ActionLine.Refuse(line, "response only supports redirect type 'location'");
        if (!TryTexts(line, isLine, operands, to, cookie, cookieIsFormat)) return false;
        step.Action = &Answer;
        step.Operands = operands;
        step.MayGoOn = operands.IgnoreEmpty;
        return true;
    }

    private static bool TryCode(Directive line, Operands operands)
    {
        string code = line.Next();
        if (code is not ("301" or "302" or "303" or "307" or "308"))
        {
            return ActionLine.Refuse(line, $"'code': unsupported HTTP code '{code}' (must be one of 301, 302, 303, 307 "
                + "or 308)");
        }
        operands.Code = ushort.Parse(code, System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }

    private static bool TryTexts(
        Directive line, bool isLine, Operands operands, string to, string? cookie, bool cookieIsFormat)
    {
        // Prefix "/" means: nothing before the target as it came.
        if (operands.Kind == Kind.Prefix && to == "/") to = "";
        if (operands.Kind == Kind.Scheme) to += "://";
        LogProgram? program = isLine ? Literal(to) : ActionLine.Format(line, to);
        if (program is null) return false;
        operands.To = program;
        if (cookie is not null)
        {
            operands.Cookie = cookieIsFormat ? ActionLine.Format(line, cookie) : Literal(cookie);
            if (operands.Cookie is null) return false;
        }

        // Permanent redirects may be stored (RFC 9110 section 15.4).
        bool permanent = operands.Code is 301 or 308;
        operands.Before = ByteView.Literal(StatusLine.Of(operands.Code) + "content-length: 0\r\nlocation: ");
        operands.After = ByteView.Literal(
            (permanent ? "\r\n" : "\r\ncache-control: no-cache\r\n") + (cookie is null ? "\r\n" : "set-cookie: "));
        return true;
    }

    private static LogProgram Literal(string text) =>
        new() { Text = text, Steps = text.Length == 0 ? [] : [new LogStep { Literal = ByteView.Literal(text) }] };

    private static bool Answer(ref Evaluation scope, in RuleStep step, ref RuleVerdict verdict)
    {
        Operands operands = Unsafe.As<Operands>(step.Operands!);
        ByteView cookie = default;
        if (!MakeText.TryRun(ref scope, operands.To, out ByteView to)
            || (operands.Cookie is not null && !MakeText.TryRun(ref scope, operands.Cookie, out cookie)))
        {
            return EditedHead.Fail(ref scope, ref verdict);
        }
        if (to.IsEmpty && operands.IgnoreEmpty && operands.Kind == Kind.Location) return true;
        TextBuilder head = new(scope.Scratch.Free);
        head.Add(operands.Before);
        head.Add(to);
        AddTarget(ref scope, operands, to, ref head);
        head.Add(operands.After);
        if (operands.Cookie is not null)
        {
            head.Add(cookie);
            head.Add("\r\n\r\n"u8);
        }
        if (!head.TryCommit(ref scope.Scratch, out verdict.ReplyHead)) return EditedHead.Fail(ref scope, ref verdict);
        verdict.Kind = RuleVerdictKind.Answer;
        verdict.Status = operands.Code;
        return false;
    }

    /// <summary>What of the request goes into the location.</summary>
    private static void AddTarget(ref Evaluation scope, Operands operands, ByteView to, ref TextBuilder head)
    {
        if (operands.Kind == Kind.Location)
        {
            if (operands.KeepQuery) AddQuery(scope.Request, to, ref head);
            return;
        }
        MessageHead* request = scope.Request;
        if (operands.Kind == Kind.Scheme)
        {
            int host = EditFields.Find(request, KnownHeader.Host);
            if (host >= 0) head.Add(MessageHead.FieldArray(request)[host].ValueSpan);
        }
        ByteView path = operands.DropQuery ? request->Path : request->PathAndQuery;

        // "OPTIONS *" and CONNECT have no path.
        bool hasPath = path.Length > 0 && path.Start[0] == '/';
        head.Add(hasPath ? path.Span : "/"u8);
        bool endsWithSlash = !hasPath || path.Start[path.Length - 1] == '/';
        if (operands.AppendSlash && !endsWithSlash) head.Add("/"u8);
    }

    private static void AddQuery(MessageHead* request, ByteView to, ref TextBuilder head)
    {
        if (request == null) return;
        ByteView query = request->Query;
        if (query.IsEmpty) return;
        head.Add(to.Span.Contains((byte)'?') ? "&"u8 : "?"u8);
        head.Add(query);
    }
}
