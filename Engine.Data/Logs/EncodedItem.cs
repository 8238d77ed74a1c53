using Engine.Data.Messages;
using Engine.Data.Registries;

namespace Engine.Data.Logs;

/// <summary>An item whose value is written in JSON or CBOR (manual section 8.2.6).</summary>
public sealed class EncodedItem
{
    /// <summary>The item as it would be written without an encoding; of samples only the expression counts.</summary>
    public LogStep Step;

    /// <summary>Its key; empty when it has none.</summary>
    public ByteView Name;

    /// <summary>What its value is to be, whatever it is.</summary>
    public LogValueType Type;

    /// <summary>What an alias writes; Sample for expressions.</summary>
    public LogValueKind Kind;

    public LogEncoding Encoding;

    /// <summary>CBOR as the bytes themselves, not as hexadecimal digits.</summary>
    public bool Raw;
}
