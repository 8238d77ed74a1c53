using System;

namespace Engine.Runtime.Configuration;

/// <summary>What <c>"$NAME"</c> stands for.</summary>
public interface IVariableSource
{
    /// <summary>The bytes of a variable, null when there is none. A name beginning with a dot is a pseudo-variable.</summary>
    byte[]? Find(ReadOnlySpan<byte> name);
}
