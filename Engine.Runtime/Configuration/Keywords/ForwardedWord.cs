using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary><c>option forwarded</c> (manual section 4.2).</summary>
internal static unsafe class ForwardedWord
{
    private const string Usage = "[ proto ] [ host ] [ by ] [ by_port ] [ for ] [ for_port ]";

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
        bool byPort = false;
        bool forPort = false;
        bool isPlain = line.AtEnd;
        while (!line.AtEnd)
        {
            string word = line.Next();
            if (word == "proto") option.Proto = true;
            else if (word == "host") option.Host = true;
            else if (word == "by") option.By = ForwardedNode.Address;
            else if (word == "for") option.For = ForwardedNode.Address;
            else if (word == "by_port") byPort = true;
            else if (word == "for_port") forPort = true;
            else
            {
                Refuse(line, word);
                return;
            }
        }
        if (byPort && option.By == ForwardedNode.None) WarnUnused(line, "by");
        if (forPort && option.For == ForwardedNode.None) WarnUnused(line, "for");
        if (byPort && option.By != ForwardedNode.None) option.By = ForwardedNode.AddressAndPort;
        if (forPort && option.For != ForwardedNode.None) option.For = ForwardedNode.AddressAndPort;
        if (isPlain)
        {
            option.Proto = true;
            option.For = ForwardedNode.Address;
        }
        if (Words.Fetches.Find("ssl_fc") is not null)
            option.IsSecure = ParseExpression.Run(ParsePlace.Of(line, SamplePlaces.BackendRequestHeader), "ssl_fc", out _);
        line.Proxy.Target.Forwarded = option;
    }

    private static void Refuse(Directive line, string word)
    {
        if (word is "host-expr" or "by-expr" or "by_port-expr" or "for-expr" or "for_port-expr")
        {
            line.Alert($"'option forwarded' : '{word}' is not supported yet.");
            return;
        }
        line.Alert("'option forwarded' only supports optional values: 'proto', 'host', 'host-expr', 'by', 'by-expr', "
            + "'by_port', 'by_port-expr', 'for', 'for-expr', 'for_port' and 'for_port-expr'.");
    }

    private static void WarnUnused(Directive line, string node) =>
        line.Warn($"'option forwarded' : '{node}_port-expr' will be ignored because both '{node}' and '{node}-expr' "
            + "are unset");
}
