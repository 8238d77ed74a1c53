using System;

namespace Engine.Systems.Samples.Variables;

/// <summary>What must hold for a variable to be set.</summary>
[Flags]
internal enum SetConditions : byte
{
    None = 0,
    Exists = 1,
    NotExists = 2,

    /// <summary>The value to be set is empty; numbers and addresses never are.</summary>
    Empty = 4,
    NotEmpty = 8,
    Set = 16,
    NotSet = 32,

    /// <summary>The variable is greater than the value; anything but integers is.</summary>
    Greater = 64,
    Less = 128,
}
