using System;
using System.IO;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;

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
        else Load(line, ConfigurationUnits.Integer(line[1]), line[2]);
    }

    private static void Load(Directive line, int status, string path)
    {
        if (status is not (200 or 400 or 401 or 403 or 404 or 405 or 407 or 408 or 410 or 413 or 414 or 421 or 422
            or 425 or 429 or 431 or 500 or 501 or 502 or 503 or 504))
        {
            line.Alert($"errorfile : status code '{status}' not handled.");
            return;
        }
        byte[] content;
        try
        {
            content = File.ReadAllBytes(ConfigurationText.ToSystem(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            line.Alert($"errorfile : error opening file '{path}'.");
            return;
        }
        string? fault = ErrorFileCheck.Run(content, line.Draft.Globals.BufferSize, path);
        if (fault is not null)
        {
            line.Alert($"errorfile : {fault}");
            return;
        }
        // A copy of the section's own, so that others that started from the same defaults keep theirs.
        ErrorReplies replies = line.Proxy.Target.Errors.Copy();
        replies.Set(status, ByteView.Literal(content));
        line.Proxy.Target.Errors = replies;
    }
}
