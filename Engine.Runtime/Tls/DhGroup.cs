using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>The well-known Diffie-Hellman groups of RFC 7919 and RFC 5114 by their size.</summary>
internal static unsafe class DhGroup
{
    /// <summary>Parameters of so many bits at most (1024 at least); 0 when the library has none.</summary>
    public static nint Make(int bits)
    {
        string group = bits switch
        {
            >= 8192 => "ffdhe8192",
            >= 6144 => "ffdhe6144",
            >= 4096 => "ffdhe4096",
            >= 3072 => "ffdhe3072",
            >= 2048 => "ffdhe2048",
            _ => "dh_1024_160",
        };
        nint maker;
        fixed (byte* kind = "DH\0"u8) maker = OpenSslObjects.KeyMakerNew(0, kind, null);
        nint parameters = 0;
        fixed (byte* name = SharedSettings.Zeroed(group))
        {
            bool ready = OpenSslObjects.KeyMakerStart(maker) == 1 && OpenSslObjects.KeyMakerGroup(maker, name) == 1;
            if (ready && OpenSslObjects.KeyMakerRun(maker, &parameters) != 1) parameters = 0;
        }
        OpenSslObjects.KeyMakerFree(maker);
        OpenSsl.ErrorsClear();
        return parameters;
    }
}
