using System.Collections.Generic;
using Engine.Data.Rules;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>use-server</c> lines of a proxy, with the names still to be found, and where they stand.</summary>
internal sealed class ServerRulesPart
{
    public readonly List<(ServerRule Rule, string Server, string File, int Line)> Rules = [];
}
