using System.Collections.Generic;
using System.Linq;
using Engine.Data.Http2;

namespace Tests.EndToEnd.Harness;

/// <summary>A frame as it was read; of a header block its fields, <c>name: value</c>.</summary>
public sealed record Http2Frame(
    FrameType Type, FrameFlags Flags, uint Stream, byte[] Payload, IReadOnlyList<string> Fields)
{
    public bool Ends => (Flags & FrameFlags.EndStream) != 0;

    public string Text => Wire.Encoding.GetString(Payload);

    public string? this[string name] =>
        Fields.FirstOrDefault(f => f.StartsWith(name + ": ", System.StringComparison.Ordinal))?[(name.Length + 2)..];

    /// <summary>RST_STREAM and GOAWAY: why.</summary>
    public Http2Error Error => (Http2Error)Payload[Type == FrameType.GoAway ? 7 : 3];

    public override string ToString() => $"{Type} {Flags} on {Stream}: {(Fields.Count > 0 ? string.Join('|', Fields) : Text)}";
}
