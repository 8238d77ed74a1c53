using System.Runtime.CompilerServices;

namespace Engine.Data.Http2;

/// <summary>Numbers of the streams reset last.</summary>
[InlineArray(Length)]
public struct RecentStreams
{
    public const int Length = 8;

    private uint first;
}
