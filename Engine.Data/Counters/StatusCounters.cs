using System.Runtime.CompilerServices;

namespace Engine.Data.Counters;

/// <summary>Responses by the hundreds of their status; [0] counts what is outside 100 to 599.</summary>
[InlineArray(6)]
public struct StatusCounters
{
    private ulong first;
}
