namespace Engine.Data.Messages;

/// <summary>The protocol version of a message, major in the high nibble.</summary>
public enum HttpVersion : byte
{
    None = 0,
    Http10 = 0x10,
    Http11 = 0x11,
    Http2 = 0x20,
    Http3 = 0x30,
}
