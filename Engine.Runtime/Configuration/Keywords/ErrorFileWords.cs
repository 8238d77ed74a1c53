using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Systems.Http1;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>errorfile</c>: a whole answer read at start (manual section 4.2).</summary>
internal static unsafe class ErrorFileWords
{
    [ModuleInitializer]
    internal static void Register() =>
        Words.Keywords.Add(new("errorfile", SectionKinds.Proxies, "<status> <file>", &Parse));

    private static void Parse(Directive line)
    {
        if (line.Count < 3) line.Alert("errorfile : expects <status_code> and <file> as arguments.");
        else if (line.Count > 3) line.Alert("errorfile : expects exactly two arguments.");
        else if (ConfigurationUnits.Integer(line[1]) is var status && TryLoad(line, status, line[2], out StoredMessage? message))
            Add(line, status, message);
    }

    /// <summary>The statuses that have answers.</summary>
    public static readonly int[] Statuses =
        [200, 400, 401, 403, 404, 405, 407, 408, 410, 413, 414, 421, 422, 425, 429, 431, 500, 501, 502, 503, 504];

    public static bool IsHandled(int status) => Array.IndexOf(Statuses, status) >= 0;

    /// <summary>Reads a whole answer. False after an alert.</summary>
    public static bool TryLoad(Directive line, int status, string path, [NotNullWhen(true)] out StoredMessage? message)
    {
        message = null;
        if (!IsHandled(status))
        {
            line.Alert($"errorfile : status code '{status}' not handled.");
            return false;
        }
        byte[] content;
        try
        {
            content = File.ReadAllBytes(ConfigurationText.ToSystem(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            line.Alert($"errorfile : error opening file '{path}'.");
            return false;
        }
        string? fault = ErrorFileCheck.Run(content, line.Draft.Globals.BufferSize, path);
        if (fault is not null)
        {
            line.Alert($"errorfile : {fault}");
            return false;
        }
        message = StoreMessage.TryRun(content);
        return message is not null;
    }

    /// <summary>Adds an answer to those of the line's section.</summary>
    public static void Add(Directive line, int status, StoredMessage message) =>
        line.Proxy.Parts.Get<ErrorFilesPart>().Lines.Add(new(null, [status], message, line.File, line.Line));
}
