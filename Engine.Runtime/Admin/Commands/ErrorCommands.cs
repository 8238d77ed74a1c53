using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Shared;

namespace Engine.Runtime.Admin.Commands;

/// <summary><c>show errors</c> (management guide section 9.3).</summary>
internal static class ErrorCommands
{
    [ModuleInitializer]
    internal static void Register() =>
        ServerCommands.Add("show errors", AdminLevel.Operator, "[<px>] [request|response]", Show,
            "report last request and/or response errors for each proxy");

    private static void Show(AdminRequest request)
    {
        CompiledConfiguration configuration = request.Engine.Configuration;
        if (!TryReadProxy(configuration, request.Argument(0), out int id))
        {
            request.Refuse("No such proxy.");
            return;
        }
        string side = request.Argument(1);
        MessageCaptures captures = request.Engine.Shared.BadMessages;
        long now = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / 10;
        request.Answer(string.Create(
            CultureInfo.InvariantCulture,
            $"Total events captured on [{MessageCaptureText.Date(now)}] : {captures.Count}"));
        request.Session.AnswerWith(Shown(configuration, captures, id, side));
    }

    private static IEnumerable<string> Shown(CompiledConfiguration configuration, MessageCaptures captures, int id, string side)
    {
        StringBuilder text = new();
        foreach (Proxy proxy in configuration.Proxies)
        {
            if (side != "response") Add(configuration, captures.Request(proxy.Number), id, true, text);
            if (side != "request") Add(configuration, captures.Response(proxy.Number), id, false, text);
            if (text.Length == 0) continue;
            yield return text.ToString();
            text.Clear();
        }
    }

    /// <summary>A name, or a number as the reference reads it.</summary>
    private static bool TryReadProxy(CompiledConfiguration configuration, string word, out int id)
    {
        id = -1;
        if (word.Length == 0) return true;
        foreach (Proxy proxy in configuration.Proxies)
        {
            if (proxy.Name != word) continue;
            id = proxy.Id;
            return true;
        }
        return int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out id) && id != 0;
    }

    /// <param name="id">Number of the proxy that is asked for, on either side; negative: all.</param>
    private static void Add(
        CompiledConfiguration configuration, MessageCapture capture, int id, bool isRequest, StringBuilder text)
    {
        if (!capture.TryHold()) return;
        if (capture.Event >= 0 && (id < 0 || Concerns(configuration, capture.Facts, id)))
            MessageCaptureText.Add(configuration, capture, isRequest, text);
        capture.Release();
    }

    private static bool Concerns(CompiledConfiguration configuration, in MessageCaptureFacts facts, int id) =>
        configuration.Proxies[facts.Frontend].Id == id
        || (facts.Backend >= 0 && configuration.Proxies[facts.Backend].Id == id);
}
