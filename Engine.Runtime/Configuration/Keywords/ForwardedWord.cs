using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>option forwarded</c> (manual section 4.2).</summary>
internal static unsafe class ForwardedWord
{
    private const string Usage = "[ proto ] [ host | host-expr <expr> ] [ by | by-expr <expr> ] [ by_port | by_port-expr <expr> ] "
        + "[ for | for-expr <expr> ] [ for_port | for_port-expr <expr> ]";

    [ModuleInitializer]
    internal static void Register() =>
        Words.Options.Add(new("forwarded", SectionKinds.BackendSide, Usage) { Parse = &Parse, HttpOnly = true });

    private static void Parse(Directive line)
    {
        if (line.Negated || line.ToDefault)
        {
            line.Proxy.Target.Forwarded = null;
            return;
        }
        ForwardedOption option = new();
        bool isPlain = line.AtEnd;
        while (!line.AtEnd)
        {
            if (!Take(line, option, line.Next())) return;
        }
        CheckPort(line, option.By, "by");
        CheckPort(line, option.For, "for");
        if (isPlain)
        {
            option.Proto = true;
            option.For.HasName = true;
        }
        if (Words.Fetches.Find("ssl_fc") is not null)
            option.IsSecure = ParseExpression.Run(PlaceOf(line), "ssl_fc", out _);
        line.Proxy.Target.Forwarded = option;
    }

    /// <summary>Of a word and its twin with an expression the later one counts.</summary>
    private static bool Take(Directive line, ForwardedOption option, string word)
    {
        switch (word)
        {
            case "proto":
                option.Proto = true;
                return true;
            case "host" or "host-expr":
                return Take(line, word, ref option.HasHost, ref option.Host);
            case "by" or "by-expr":
                return Take(line, word, ref option.By.HasName, ref option.By.Name);
            case "for" or "for-expr":
                return Take(line, word, ref option.For.HasName, ref option.For.Name);
            case "by_port" or "by_port-expr":
                return Take(line, word, ref option.By.HasPort, ref option.By.Port);
            case "for_port" or "for_port-expr":
                return Take(line, word, ref option.For.HasPort, ref option.For.Port);
            default:
                line.Alert("'option forwarded' only supports optional values: 'proto', 'host', 'host-expr', 'by', 'by-expr', "
                    + "'by_port', 'by_port-expr', 'for', 'for-expr', 'for_port' and 'for_port-expr'.");
                return false;
        }
    }

    private static bool Take(Directive line, string word, ref bool has, ref SampleExpression? expression)
    {
        has = true;
        expression = null;
        if (!word.EndsWith("-expr", StringComparison.Ordinal)) return true;
        if (line.AtEnd)
        {
            line.AlertTight($"'{word}' expects <expr> as argument.");
            return false;
        }
        string text = line.Next();
        string where = $"proxy '{line.Proxy.Name}' [{line.File}:{line.Line}]: ";
        expression = ParseExpression.Run(PlaceOf(line), text, out string reason);
        if (expression is null)
        {
            line.Draft.Diagnostics.AlertBare($"{where}failed to parse 'option forwarded' expression '{text}' in : {reason}.");
        }
        else if ((expression.Row!.Places & SamplePlaces.BackendRequestHeader) == 0)
        {
            line.Draft.Diagnostics.WarnBare($"{where}in 'option forwarded' sample expression '{text}' : some args extract "
                + $"information from '{SampleNeeds.Of(expression.Row)}', none of which is available here.");
        }
        return true;
    }

    private static ParsePlace PlaceOf(Directive line) => ParsePlace.Of(line, SamplePlaces.BackendRequestHeader);

    private static void CheckPort(Directive line, ForwardedEnd end, string word)
    {
        if (end.HasPort && !end.HasName) WarnUnused(line, word);
    }

    private static void WarnUnused(Directive line, string node) =>
        line.Warn($"'option forwarded' : '{node}_port-expr' will be ignored because both '{node}' and '{node}-expr' "
            + "are unset");
}
