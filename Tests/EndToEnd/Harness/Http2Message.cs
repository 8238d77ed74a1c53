using System.Collections.Generic;
using System.Linq;

namespace Tests.EndToEnd.Harness;

/// <summary>A whole message of a stream.</summary>
public sealed record Http2Message(Http2Frame Head, byte[] Body, Http2Frame? Trailers, List<string> Interim)
{
    public int Status => int.Parse(Head[":status"]!, System.Globalization.CultureInfo.InvariantCulture);

    public string Text => Wire.Encoding.GetString(Body);

    public string? this[string name] => Head[name];

    public override string ToString() => string.Join('|', Head.Fields.Concat(Interim)) + " " + Text;
}
