namespace Engine.Data.Registries;

/// <summary>Type of an argument of a fetch or converter, as <c>-dKsmp</c> names it.</summary>
public enum ArgumentKind : byte
{
    String = 0,
    Integer,
    Ipv4Address,
    Ipv4Mask,
    Ipv6Address,
    Ipv6Mask,
    Time,
    Size,
    Frontend,
    Backend,
    Table,
    Server,
    UserList,
    Map,
    Regex,
    Variable,
    ProtobufField,
}
