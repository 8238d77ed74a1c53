using System.Collections.Generic;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration;

/// <summary>Ids that <c>guid</c> and <c>guid-prefix</c> give: each is there once, whatever it names (manual section 4.2).</summary>
internal sealed class Guids
{
    private const int LengthMax = 127;

    private readonly Dictionary<string, (object Owner, string Called)> owners = [];
    private readonly Dictionary<object, string> given = [];

    /// <summary>Gives an id, in place of one given before; answers what is wrong with it, null when nothing is.</summary>
    public string? Give(object owner, string called, string guid)
    {
        if (guid.Length > LengthMax) return "invalid length";
        foreach (char c in guid)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or ':' or '-' or '_')) return $"invalid character '{c}'";
        }
        if (owners.TryGetValue(guid, out (object Owner, string Called) twin)) return $"duplicate entry with {twin.Called}";
        Take(owner);
        owners.Add(guid, (owner, called));
        given.Add(owner, guid);
        return null;
    }

    /// <summary>Takes the id of what has one away.</summary>
    public void Take(object owner)
    {
        if (given.Remove(owner, out string? guid)) owners.Remove(guid);
    }

    public static Guids Of(ConfigurationDraft draft) => draft.Parts.Get<Guids>();
}
