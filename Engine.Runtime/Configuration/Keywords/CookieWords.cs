using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Systems.Persist;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>cookie</c> of backends and of servers (manual sections 4.2 and 5.2).</summary>
internal static unsafe class CookieWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.Keywords.Add(new(
            "cookie", SectionKinds.BackendSide,
            "<name> [ rewrite | insert | prefix ] [ indirect ] [ nocache ] [ postonly ] [ preserve ] [ httponly ] [ secure ] "
            + "[ dynamic ] [ domain <domain> ]* [ maxidle <idle> ] [ maxlife <life> ] [ attr <value> ]*",
            &Parse));
        Words.Keywords.Add(new("dynamic-cookie-key", SectionKinds.BackendSide, "<string>", &ParseKey));
        Words.ServerOptions.Add(new("cookie", 1, "<value>", &OfServer));
        Words.ProxyChecks.Add(new("cookies", 640, &Check));
    }

    private static readonly Dictionary<string, CookieModes> Modes = new()
    {
        ["rewrite"] = CookieModes.Rewrite,
        ["insert"] = CookieModes.Insert,
        ["prefix"] = CookieModes.Prefix,
        ["indirect"] = CookieModes.Indirect,
        ["nocache"] = CookieModes.NoCache,
        ["postonly"] = CookieModes.PostOnly,
        ["preserve"] = CookieModes.Preserve,
        ["httponly"] = CookieModes.HttpOnly,
        ["secure"] = CookieModes.Secure,
        ["dynamic"] = CookieModes.Dynamic,
    };

    private static void Parse(Directive line)
    {
        if (line.Count < 2)
        {
            line.Alert("'cookie' expects <cookie_name> as argument.");
            return;
        }
        CookieSettings settings = new(line.Next());
        StringBuilder domains = new();
        StringBuilder attributes = new();
        while (!line.AtEnd)
        {
            string word = line.Next();
            bool taken = word switch
            {
                "domain" => TakeDomain(line, domains),
                "attr" => TakeAttribute(line, attributes),
                "maxidle" => TakeSeconds(line, word, "<idletime>", ref settings.IdleMaxSeconds),
                "maxlife" => TakeSeconds(line, word, "<lifetime>", ref settings.LifeMaxSeconds),
                _ => TakeMode(line, word, settings),
            };
            if (!taken) return;
        }
        if (!AgreeTogether(line, settings)) return;
        string flags = (settings.Has(CookieModes.HttpOnly) ? "; HttpOnly" : "")
            + (settings.Has(CookieModes.Secure) ? "; Secure" : "");
        settings.Attributes = ByteView.Literal($"; path=/{domains}{flags}{attributes}");
        line.Proxy.Target.Cookie = settings;
        line.Proxy.Target.DynamicCookies = settings.Has(CookieModes.Dynamic);
    }

    private static void ParseKey(Directive line)
    {
        string key = line.Next();
        if (key.Length == 0) line.Alert("'dynamic-cookie-key' expects <secret_key> as argument.");
        else line.Proxy.Target.DynamicCookieKey = key;
    }

    private static bool TakeMode(Directive line, string word, CookieSettings settings)
    {
        if (Modes.TryGetValue(word, out CookieModes mode))
        {
            settings.Modes |= mode;
            return true;
        }
        line.Alert("'cookie' supports 'rewrite', 'insert', 'prefix', 'indirect', 'nocache', 'postonly', 'domain', "
            + "'maxidle', 'dynamic', 'maxlife' and 'attr' options.");
        return false;
    }

    private static bool AgreeTogether(Directive line, CookieSettings settings)
    {
        CookieModes kind = settings.Modes & CookieModes.Kinds;
        string? wrong = null;
        if ((kind & (kind - 1)) != 0)
            wrong = "cookie 'rewrite', 'insert' and 'prefix' modes are incompatible.";
        else if (kind == CookieModes.Rewrite && settings.Has(CookieModes.Indirect))
            wrong = "cookie 'rewrite' and 'indirect' modes are incompatible.";
        else if (settings.Has(CookieModes.Preserve) && !settings.Has(CookieModes.Insert | CookieModes.Indirect))
            wrong = "cookie 'preserve' requires at least 'insert' or 'indirect'.";
        if (wrong is null) return true;
        line.Alert(wrong);
        return false;
    }

    private static bool TakeDomain(Directive line, StringBuilder domains)
    {
        string domain = line.Next();
        if (domain.Length == 0)
        {
            line.AlertTight("'domain' expects <domain> as argument.");
            return false;
        }
        if (domain.IndexOf('.', 1) < 0)
        {
            line.Diagnostics.Warn($"parsing [{line.File}:{line.Line}]: domain '{domain}' contains no embedded dot, "
                + "this configuration may not work properly (see RFC6265#5.2.3).");
        }
        foreach (char character in domain)
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '.') continue;
            line.AlertTight($"character '{character}' is not permitted in domain name '{domain}'.");
            return false;
        }
        domains.Append("; domain=").Append(domain);
        return true;
    }

    private static bool TakeAttribute(Directive line, StringBuilder attributes)
    {
        string value = line.Next();
        if (value.Length == 0)
        {
            line.AlertTight("'attr' expects <value> as argument.");
            return false;
        }
        foreach (char character in value)
        {
            if (character is >= ' ' and <= '~' and not ';') continue;
            line.AlertTight($"character '%x{(int)character:X2}' is not permitted in attribute value.");
            return false;
        }
        attributes.Append("; ").Append(value);
        return true;
    }

    private static bool TakeSeconds(Directive line, string word, string argument, ref uint seconds)
    {
        string text = line.Next();
        if (text.Length == 0)
        {
            line.AlertTight($"'{word}' expects {argument} in seconds as argument.");
            return false;
        }
        bool hasUnit = !char.IsAsciiDigit(text[^1]);
        UnitFault fault = ConfigurationUnits.TryTimeMs(hasUnit ? text : text + "s", out uint milliseconds, out char bad);
        switch (fault)
        {
            case UnitFault.BadCharacter or UnitFault.Surplus:
                line.AlertTight($"unexpected character '{bad}' in argument to <{word}>.");
                return false;
            case UnitFault.Overflow:
                line.AlertTight($"timer overflow in argument <{text}> to <{word}>, maximum value is 2147483647 ms "
                    + "(~24.8 days).");
                return false;
        }
        seconds = (milliseconds + 999) / 1000;
        return true;
    }

    private static void OfServer(Directive line, ServerDraft server)
    {
        string value = line.Next();
        if (value.Length == 0) ServerKeyword.Refuse(line, server, "'cookie' expects <value> as argument..");
        else server.Target.Cookie = ByteView.Literal(value);
    }

    private static void Check(ConfigurationDraft draft, ProxyDraft proxy)
    {
        Proxy target = proxy.Target;
        if (!proxy.HasBackend) return;
        if (target.Mode == ProxyMode.Http)
        {
            foreach (ServerDraft server in proxy.Servers) DynamicCookies.Renew(target, server.Target, server.Target.Address);
            return;
        }
        if (target.Cookie is not null)
        {
            draft.Diagnostics.Warn($"cookie will be ignored for {proxy.KindWord} '{proxy.Name}' (needs 'mode http').");
            target.Cookie = null;
        }
        foreach (ServerDraft server in proxy.Servers)
        {
            if (server.Target.Cookie.IsEmpty) continue;
            draft.Diagnostics.Warn($"{proxy.KindWord} '{proxy.Name}' : ignoring cookie for server "
                + $"'{server.Target.Name}' as HTTP mode is disabled.");
        }
    }
}
