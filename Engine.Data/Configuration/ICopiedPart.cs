namespace Engine.Data.Configuration;

/// <summary>A part of a <c>default-server</c> line that the servers behind it start from.</summary>
public interface ICopiedPart
{
    /// <summary>A copy that can be changed without changing this.</summary>
    object Copy();
}
