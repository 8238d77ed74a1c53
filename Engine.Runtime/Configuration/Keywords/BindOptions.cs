using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Admin;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Options of <c>bind</c> lines (manual section 5.1).</summary>
internal static unsafe class BindOptions
{
    [ModuleInitializer]
    internal static void Register()
    {
        Registry<BindOption> words = Words.BindOptions;
        words.Add(new("backlog", 1, "<number>", &Backlog));
        words.Add(new("defer-accept", 0, "", &DeferAccept));
        words.Add(new("expose-fd", 1, "listeners", &ExposeSockets));
        words.Add(new("gid", 1, "<number>", &Gid));
        words.Add(new("group", 1, "<name>", &Group));
        words.Add(new("id", 1, "<number>", &Id));
        words.Add(new("interface", 1, "<name>", &Interface));
        words.Add(new("level", 1, "{ user | operator | admin }", &Level));
        words.Add(new("maxconn", 1, "<number>", &MaxConnections));
        words.Add(new("mode", 1, "<octal>", &Mode));
        words.Add(new("mss", 1, "<number>", &MaximumSegment));
        words.Add(new("name", 1, "<name>", &Name));
        words.Add(new("severity-output", 1, "{ none | number | string }", &SeverityOutput));
        words.Add(new("tcp-ut", 1, "<delay>", &UserTimeout));
        words.Add(new("tfo", 0, "", &FastOpen));
        words.Add(new("transparent", 0, "", &Transparent));
        words.Add(new("uid", 1, "<number>", &Uid));
        words.Add(new("user", 1, "<name>", &User));
        words.Add(new("v4v6", 0, "", &V4V6));
        words.Add(new("v6only", 0, "", &V6Only));
    }

    private static void Backlog(Directive line, BindDraft bind)
    {
        if (!TakeInteger(line, bind, "backlog", out int number)) return;
        if (number < 0) Refuse(line, bind, $"'backlog' : invalid value {number}, must be > 0");
        else bind.Listener.Backlog = number;
    }

    private static void DeferAccept(Directive line, BindDraft bind) => bind.Listener.DeferAccept = true;

    private static void FastOpen(Directive line, BindDraft bind) => bind.Listener.FastOpen = true;

    private static void Transparent(Directive line, BindDraft bind) => bind.Listener.Transparent = true;

    private static void V4V6(Directive line, BindDraft bind) => bind.Listener.V4V6 = true;

    private static void V6Only(Directive line, BindDraft bind) => bind.Listener.V6Only = true;

    /// <summary>Of use to the statistics socket alone; other lines may say it.</summary>
    private static void ExposeSockets(Directive line, BindDraft bind)
    {
        string kind = line.Next();
        if (kind.Length == 0) Refuse(line, bind, "'expose-fd' : missing fd type");
        else if (kind != "listeners") Refuse(line, bind, $"'expose-fd' only supports 'listeners' (got '{kind}')");
        else bind.ExposesListeners = true;
    }

    private static void Gid(Directive line, BindDraft bind)
    {
        if (TakeInteger(line, bind, "gid", out int number)) bind.Listener.UnixGid = number;
    }

    private static void Group(Directive line, BindDraft bind)
    {
        string name = line.Next();
        if (name.Length == 0) Refuse(line, bind, "'group' : missing group name");
        else if (Accounts.FindGroup(name) is { } gid) bind.Listener.UnixGid = gid;
        else Refuse(line, bind, $"'group' : unknown group name '{name}'");
    }

    private static void Id(Directive line, BindDraft bind)
    {
        string text = line.Next();
        if (bind.AddressCount != 1) Refuse(line, bind, "'id' can only be used with a single socket");
        else if (text.Length == 0) Refuse(line, bind, "'id' : expects an integer argument");
        else if (!ConfigurationUnits.TryInteger(text, out long number))
            Refuse(line, bind, $"'id' : expects an integer argument, found '{text}'");
        else if (number is <= 0 or > int.MaxValue) Refuse(line, bind, "'id' : custom id has to be > 0");
        else if (!bind.ForAdmin && FindId(line.Proxy, (int)number) is { } twin)
        {
            Refuse(line, bind, $"'id' : custom id {number} already used at {twin.File}:{twin.Line} "
                + $"('bind {twin.BindText}')");
        }
        else bind.Listener.Id = (int)number;
    }

    private static Listener? FindId(ProxyDraft proxy, int id)
    {
        foreach (Listener listener in proxy.Listeners)
        {
            if (listener.Id == id) return listener;
        }
        return null;
    }

    private static void Interface(Directive line, BindDraft bind)
    {
        string name = line.Next();
        if (name.Length == 0) Refuse(line, bind, "'interface' : missing interface name");
        else bind.Listener.Interface = name;
    }

    private static void Level(Directive line, BindDraft bind)
    {
        string name = line.Next();
        AdminLevel? level = name switch
        {
            "user" => AdminLevel.User,
            "operator" => AdminLevel.Operator,
            "admin" => AdminLevel.Admin,
            _ => null,
        };
        if (name.Length == 0) Refuse(line, bind, "'level' : missing level");
        else if (level is null)
            Refuse(line, bind, $"'level' only supports 'user', 'operator', and 'admin' (got '{name}')");
        else bind.Level = level.Value;
    }

    private static void SeverityOutput(Directive line, BindDraft bind)
    {
        string form = line.Next();
        if (form.Length == 0) Refuse(line, bind, "'severity-output' : missing severity format");
        else if (AdminSeverityWords.TryRead(form, out AdminSeverityOutput output)) bind.SeverityOutput = output;
        else Refuse(line, bind, $"'severity-output' only supports 'none', 'number', and 'string' (got '{form}')");
    }

    private static void MaxConnections(Directive line, BindDraft bind)
    {
        if (!TakeInteger(line, bind, "maxconn", out int number)) return;
        if (number < 0) Refuse(line, bind, $"'maxconn' : invalid value {number}, must be >= 0");
        else bind.Listener.MaxConnections = number;
    }

    private static void Mode(Directive line, BindDraft bind)
    {
        string text = line.Next();
        int mode = 0;
        bool valid = text.Length is > 0 and <= 5;
        foreach (char c in text)
        {
            valid &= c is >= '0' and <= '7';
            mode = mode * 8 + (c - '0');
        }
        if (valid) bind.Listener.UnixMode = mode;
        else Refuse(line, bind, $"'mode' : missing or invalid mode '{text}' (octal integer expected)");
    }

    private static void MaximumSegment(Directive line, BindDraft bind)
    {
        if (!TakeInteger(line, bind, "mss", out int number)) return;
        if (number == 0 || Math.Abs((long)number) > 65535)
            Refuse(line, bind, "'mss' : expects an MSS with and absolute value between 1 and 65535");
        else bind.Listener.MaximumSegment = number;
    }

    private static void Name(Directive line, BindDraft bind)
    {
        string name = line.Next();
        if (name.Length == 0) Refuse(line, bind, "'name' : missing name");
        else bind.Listener.Name = name;
    }

    private static void UserTimeout(Directive line, BindDraft bind)
    {
        string text = line.Next();
        UnitFault fault = ConfigurationUnits.TryTimeMs(text, out uint milliseconds, out _);
        if (text.Length == 0) Refuse(line, bind, "'tcp-ut' : missing TCP User Timeout value");
        else if (fault is not (UnitFault.None or UnitFault.Surplus) || milliseconds > ConfigurationUnits.TimerMaxMs)
            Refuse(line, bind, "'tcp-ut' : expects a positive delay in milliseconds");
        else bind.Listener.UserTimeoutMs = (int)milliseconds;
    }

    private static void Uid(Directive line, BindDraft bind)
    {
        if (TakeInteger(line, bind, "uid", out int number)) bind.Listener.UnixUid = number;
    }

    private static void User(Directive line, BindDraft bind)
    {
        string name = line.Next();
        if (name.Length == 0) Refuse(line, bind, "'user' : missing user name");
        else if (Accounts.FindUser(name) is { } uid) bind.Listener.UnixUid = uid;
        else Refuse(line, bind, $"'user' : unknown user name '{name}'");
    }

    private static bool TakeInteger(Directive line, BindDraft bind, string word, out int number)
    {
        string text = line.Next();
        number = ConfigurationUnits.Integer(text);
        if (text.Length > 0) return true;
        Refuse(line, bind, $"'{word}' : missing {(word == "mss" ? "MSS value" : "value")}");
        return false;
    }

    // A stats socket quotes the whole message once more, as the reference does.
    internal static void Refuse(Directive line, BindDraft bind, string text) =>
        line.Alert(bind.ForAdmin ? $"{bind.What} : '{text}'" : $"{bind.What} : {text}");
}
