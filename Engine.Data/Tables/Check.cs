using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Engine.Data.Tables;

/// <summary>Assertions that stay on in Release. A failed check is our bug, never a peer's.</summary>
public static class Check
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void That(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string? text = null)
    {
        if (!condition) Fail(text);
    }

    [DoesNotReturn]
    [StackTraceHidden]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(string? text) => throw new CheckFailedException(text);
}
