using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Engine.Runtime.Process.Native;

/// <summary>Texts for libc, and what its error numbers mean.</summary>
internal static class NativeText
{
    /// <summary>
    /// A terminated path. Characters up to 255 are bytes, as words of the configuration are; a text with
    /// others came from the runtime and is UTF-8.
    /// </summary>
    public static byte[] Terminated(string text)
    {
        bool isBytes = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00FF') < 0;
        Encoding encoding = isBytes ? Encoding.Latin1 : Encoding.UTF8;
        byte[] bytes = new byte[encoding.GetByteCount(text) + 1];
        encoding.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>The machine's text for an error number: <c>Address already in use</c>.</summary>
    public static string OfError(int error) => Marshal.GetPInvokeErrorMessage(error);
}
