using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Commands that show what the process is.</summary>
internal static class ProcessCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("show version", AdminLevel.User, "", ShowVersion, "show version of the current process");
        Add("show info", AdminLevel.User, "[desc|json|typed|float]*", ShowInfo,
            "report information about the running process");
        Add("show env", AdminLevel.Operator, "[var]", ShowEnvironment,
            "dump environment variables known to the process");
        Words.CliCommands.Add(new CliCommand("_getsocks", AdminLevel.Operator, "", (AdminCommandRun)GiveSockets)
        {
            Hidden = true,
        });
        Add("show startup-logs", AdminLevel.Operator, "", ShowStart, "report logs emitted during HAProxy startup");
        Add("show cli sockets", AdminLevel.User, "", ShowSockets, "dump list of cli sockets");
    }

    private static void Add(
        string words, AdminLevel level, string usage, AdminCommandRun run, string summary) =>
        Words.CliCommands.Add(new CliCommand(words, level, usage, run) { Summary = summary });

    private static void ShowVersion(AdminRequest request) => request.Inform(request.Services.Version);

    /// <summary>For a process that takes over; the socket must say <c>expose-fd listeners</c>.</summary>
    private static void GiveSockets(AdminRequest request)
    {
        if (request.Session.ExposesListeners) request.Session.WantsListeners = true;
        request.Session.Quit();
    }

    private static void ShowInfo(AdminRequest request)
    {
        bool typed = false;
        bool json = false;
        bool describe = false;
        bool exact = false;
        foreach (string argument in request.Arguments)
        {
            typed |= argument == "typed";
            json |= argument == "json";
            describe |= argument == "desc";
            exact |= argument == "float";
        }
        InfoSource source = new(request.Services, request.Services.Report(), exact);
        if (json) InfoText.Json(source, request.Output);
        else if (typed) InfoText.Typed(source, describe, request.Output);
        else InfoText.Plain(source, describe, request.Output);
    }

    private static void ShowEnvironment(AdminRequest request)
    {
        if (request.Argument(0) is { Length: > 0 } name)
        {
            string? value = Environment.GetEnvironmentVariable(name);
            if (value is null) request.Refuse("Variable not found");
            else AnswerVariable(request, name, value);
            return;
        }
        SortedDictionary<string, string> sorted = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
            sorted[(string)entry.Key] = (string?)entry.Value ?? "";
        foreach ((string key, string value) in sorted) AnswerVariable(request, key, value);
    }

    /// <summary>The runtime took the bytes of the environment for UTF-8.</summary>
    private static void AnswerVariable(AdminRequest request, string name, string value) =>
        request.Output.Add(Encoding.UTF8.GetBytes($"{name}={value}\n"));

    private static void ShowStart(AdminRequest request) => request.Output.Add(request.Services.StartMessages());

    private static void ShowSockets(AdminRequest request)
    {
        request.Answer("# socket lvl processes");
        foreach (AdminSocket socket in request.Services.Configuration.Globals.AdminSockets)
        {
            if (AdminSocketText.Of(socket) is { } text)
                request.Answer($"{text} {SessionCommands.LevelName(socket.Level)} all");
        }
    }
}
