using System.Collections.Generic;
using Engine.Data.Rules;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>The <c>use_backend</c> lines of a proxy, with the names still to be found.</summary>
internal sealed class SwitchingPart
{
    public readonly List<SwitchingRule> Rules = [];

    /// <summary>The backend each rule names, in step with <see cref="Rules"/>.</summary>
    public readonly List<string> Backends = [];
}
