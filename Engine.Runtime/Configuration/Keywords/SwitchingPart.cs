using System.Collections.Generic;
using Engine.Data.Rules;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>use_backend</c> lines of a proxy, with the names still to be found.</summary>
internal sealed class SwitchingPart
{
    public List<(string Backend, SwitchingRule Rule)> Rules { get; } = [];
}
