using Engine.Data.Configuration;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Part of a section's draft: its formats other than <c>log-format</c>, still to be compiled.</summary>
internal sealed class FormatsPart : IInheritedPart
{
    public FormatText? StructuredData;
    public FormatText? Error;
    public FormatText? UniqueId;

    public object InheritBy(ProxyDraft proxy) => MemberwiseClone();
}
