using System.Runtime.InteropServices;

namespace Engine.Runtime;

/// <summary>The system's words for an errno.</summary>
public static class SystemErrors
{
    public static string Text(int errno) => Marshal.GetPInvokeErrorMessage(errno);
}
