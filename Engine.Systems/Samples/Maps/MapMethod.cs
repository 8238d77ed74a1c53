namespace Engine.Systems.Samples.Maps;

/// <summary>How a map looks its keys up.</summary>
internal enum MapMethod : byte
{
    Whole = 0,
    Beginning,
    End,
    Part,
    Directory,
    Domain,
    Regex,

    /// <summary>With groups in the value.</summary>
    GroupRegex,
    Integer,
    Address,
}
