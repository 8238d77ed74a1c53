using Engine.Data.Sticky;

namespace Engine.Systems.Sticky.Values;

/// <summary>A datum as a type, so that a fetch about it is compiled for it.</summary>
internal interface IStickDatum
{
    static abstract StickData Data { get; }
}
