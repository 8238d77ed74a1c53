using System;
using System.Globalization;

namespace Engine.Runtime.Kernel;

/// <summary>A back end could not be set up. Only at start-up.</summary>
public sealed class KernelException : Exception
{
    /// <param name="call">The system call that failed.</param>
    /// <param name="result">Its negated errno.</param>
    public KernelException(string call, int result)
        : base(string.Create(CultureInfo.InvariantCulture, $"{call} failed with errno {-result}"))
    {
        Errno = -result;
    }

    /// <summary>Why, as a Linux error number.</summary>
    public int Errno { get; }
}
