using System.Collections.Generic;
using Engine.Data.Rules;

namespace Engine.Systems.Rules;

/// <summary>Part of a section's draft: its named ACLs. Those of a defaults section are its own.</summary>
internal sealed class AclsPart
{
    public Dictionary<string, Acl> ByName { get; } = [];
}
