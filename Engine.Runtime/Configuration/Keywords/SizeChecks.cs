using System;
using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>What sizes of the global section are no use together, or no sizes at all; looked at before the proxies.</summary>
internal static class SizeChecks
{
    /// <summary>Bytes of a buffer in which the reference's longest answer of its own has room.</summary>
    private const int BufferMin = 352;

    public static void Run(Globals globals, Diagnostics diagnostics)
    {
        if (globals.SmallBufferSize > globals.BufferSize)
        {
            diagnostics.WarnBare($"invalid small buffer size {globals.SmallBufferSize} bytes which is greater than default "
                + $"bufsize {globals.BufferSize} bytes.");
        }
        if (globals.LargeBufferSize > 0 && globals.LargeBufferSize < globals.BufferSize)
        {
            diagnostics.WarnBare($"tune.bufsize.large ({globals.LargeBufferSize}) is lower than tune.bufsize "
                + $"({globals.BufferSize}). large buffers support is disabled. Please fix either value to remove this warning.");
        }
        if (globals.BufferSize < BufferMin)
            diagnostics.AlertBare($"tune.bufsize ({globals.BufferSize}) is too small for any answer: at least {BufferMin} is needed.");
        globals.LogUriLength = Math.Max(1, Reserve("requri", globals.LogUriLength, diagnostics));
        globals.CookieLengthMax = Math.Max(0, Reserve("capture", globals.CookieLengthMax, diagnostics));
    }

    /// <summary>One byte more is reserved; where that number has a sign, it is none that could be.</summary>
    private static int Reserve(string pool, int length, Diagnostics diagnostics)
    {
        int size = unchecked(length + 1);
        if (size >= 0) return length;
        diagnostics.AlertBare($"Failed to create pool '{pool}' of size '{unchecked((ulong)(long)size)}': overflow detected due "
            + "to too large a configured size and/or configured pool options. Aborting.");
        return 0;
    }
}
