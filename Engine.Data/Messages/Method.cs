namespace Engine.Data.Messages;

/// <summary>
/// Request methods with a number of their own (RFC 9110 section 9, RFC 5789); others are compared by name.
/// </summary>
public enum Method : byte
{
    Other = 0,
    Options,
    Get,
    Head,
    Post,
    Put,
    Delete,
    Trace,
    Connect,
    Patch,
}
