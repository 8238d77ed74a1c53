using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Messages;
using Engine.Data.Tls;

namespace Engine.Systems.Tls;

/// <summary>
/// NPN (draft-agl-tls-nextprotoneg): the server names its protocols and the client chooses, up to TLS 1.2. Old clients
/// know nothing newer.
/// </summary>
public static unsafe class NextProtocol
{
    private const int Taken = 0;

    /// <summary>The library was built with it.</summary>
    public static bool IsThere => OpenSslObjects.ContextSetNextOffered != null && OpenSslObjects.ContextSetNextChoice != null;

    /// <summary>A list that the functions' argument stands for; it lasts as long as the process.</summary>
    public static nint Keep(ByteView list)
    {
        ByteView* kept = (ByteView*)NativeMemory.Alloc((nuint)sizeof(ByteView));
        *kept = list;
        return (nint)kept;
    }

    /// <summary>Server: what is offered.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Offer(nint ssl, byte** list, uint* length, nint argument)
    {
        ByteView* ours = (ByteView*)argument;
        *list = ours->Start;
        *length = (uint)ours->Length;
        return Taken;
    }

    /// <summary>Client: the first of the server's that is ours too, or else the first of ours.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static int Choose(nint ssl, byte** chosen, byte* length, byte* offered, uint offeredLength, nint argument)
    {
        ByteView* ours = (ByteView*)argument;
        _ = OpenSslObjects.SelectNext(chosen, length, offered, offeredLength, ours->Start, (uint)ours->Length);
        return Taken;
    }
}
