using System;
using Engine.Data.Logs;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Rules.Actions;

/// <summary>A regular expression and the format that takes the place of what it matches.</summary>
internal sealed class Replacement(GroupRegex expression, LogProgram format)
{
    /// <summary>Makes the new text, in the scratch area. False: it does not fit.</summary>
    public bool TryRun(ref Evaluation scope, ByteView value, out ByteView text, out bool found)
    {
        text = default;
        Span<int> groups = stackalloc int[GroupRegex.GroupsMax * 2];
        found = expression.TryMatch(value.Span, 0, groups);
        if (!found) return true;
        if (!MakeText.TryRun(ref scope, format, out ByteView template)) return false;
        int written = ExpandGroups.Run(template.Span, value.Span, groups, scope.Scratch.Free);
        if (written < 0) return false;
        text = scope.Scratch.Commit(written);
        return true;
    }
}
