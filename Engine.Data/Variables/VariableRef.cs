namespace Engine.Data.Variables;

/// <summary>A variable by its place: found once while the configuration is read.</summary>
/// <param name="Scope">Its scope.</param>
/// <param name="Slot">Number among the variables of the row that the scope lives in.</param>
public readonly record struct VariableRef(VariableScope Scope, int Slot)
{
    /// <summary>In one number, for the arguments of fetches and converters.</summary>
    public long Packed => ((long)Scope << 32) | (uint)Slot;

    public static VariableRef Unpack(long packed) => new((VariableScope)(packed >> 32), (int)packed);
}
