using Engine.Data.Messages;

namespace Engine.Systems.Samples.Converters;

/// <summary>A step of a path: into the member of a name, or into the element of a number.</summary>
/// <param name="Name">As it stands in the text between its quotes.</param>
/// <param name="Index">From 0; -1: by name.</param>
internal readonly record struct JsonStep(ByteView Name, int Index);
