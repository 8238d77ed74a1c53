using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;

namespace Engine.Data.Samples;

/// <summary>One parsed argument of a fetch or converter.</summary>
public struct Argument
{
    public ArgumentKind Kind;

    /// <summary>Something stood in its place; an empty optional one counts as not given.</summary>
    public bool Given;

    /// <summary>String, and the name in a Frontend, Backend, Server, UserList.</summary>
    public ByteView Text;

    /// <summary>Integer; milliseconds of a Time; bytes of a Size; prefix bits of a mask; number of a resolved name.</summary>
    public long Integer;

    /// <summary>Addresses and masks, IPv4 in the first four bytes.</summary>
    public AddressBytes Address;
}
