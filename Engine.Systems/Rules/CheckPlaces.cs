using System;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Rules;

namespace Engine.Systems.Rules;

/// <summary>Warns of ACLs in conditions where their samples cannot be taken, and which therefore never match.</summary>
internal static class CheckPlaces
{
    public static void Run(Directive line, Acl acl, SamplePlaces places)
    {
        AclExpression? wrong = null;
        bool any = false;
        foreach (AclExpression expression in acl.Expressions)
        {
            if ((expression.Sample.Row!.Places & places) == 0) wrong ??= expression;
            else any = true;
        }
        if (wrong is null) return;
        string where = NameOf(places);
        string keyword = wrong.Sample.Row!.Word;
        string text = acl.Name.Length == 0
                ? $"anonymous acl will never match because it uses keyword '{keyword}' which is incompatible with"
            : any ? $"acl '{acl.Name}' involves keywords '{keyword}' which is incompatible with"
            : $"acl '{acl.Name}' will never match because it only involves keywords that are incompatible with";

        if (RuleSet.Of(line) is { IsTcp: true } set)
        {
            text = text.Replace(" never match because", $" never match in '{set.Word}' because", StringComparison.Ordinal);
            line.Warn($"{text} '{where}'");
            return;
        }

        // The stray quote stands there in the reference's messages, too.
        line.Warn($"'{text} '{where}'.");
    }

    private static string NameOf(SamplePlaces places) =>
        (places & SamplePlaces.FrontendTcpConnection) != 0 ? "frontend tcp-request connection rule"
        : (places & SamplePlaces.FrontendTcpSession) != 0 ? "frontend tcp-request session rule"
        : (places & SamplePlaces.FrontendTcpContent) != 0 ? "frontend tcp-request content rule"
        : (places & SamplePlaces.BackendTcpContent) != 0 ? "backend tcp-request content rule"
        : (places & SamplePlaces.BackendTcpResponse) != 0 ? "backend tcp-response content rule"
        : (places & SamplePlaces.FrontendRequestHeader) != 0 ? "frontend http-request header rule"
        : (places & SamplePlaces.BackendRequestHeader) != 0 ? "backend http-request header rule"
        : (places & SamplePlaces.FrontendResponseHeader) != 0 ? "frontend http-response header rule"
        : (places & SamplePlaces.BackendResponseHeader) != 0 ? "backend http-response header rule"
        : (places & SamplePlaces.FrontendSwitching) != 0 ? "frontend use-backend rule"
        : (places & SamplePlaces.ServerChoice) != 0 ? "backend use-server, balance or stick-match rule"
        : "rule";
}
