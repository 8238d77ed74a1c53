using Engine.Data.Logs;
using Engine.Data.Messages;

namespace Engine.Systems.Rules.Actions;

/// <summary>Operands of <c>set-header</c> and <c>add-header</c>.</summary>
internal sealed class HeaderEdit
{
    /// <summary>In lower case, as all names are passed on.</summary>
    public ByteView Name;

    public KnownHeader Known;

    public LogProgram Value = null!;
}
