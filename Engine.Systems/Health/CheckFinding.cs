using System;
using System.Text;
using Engine.Data.Health;

namespace Engine.Systems.Health;

/// <summary>What the check under way has found.</summary>
public static class CheckFinding
{
    /// <summary>The text ends at its first NUL, which a server of another protocol may well send: logs hold none.</summary>
    public static void Set(ref CheckRow check, CheckStatus status, int code, string text)
    {
        check.Found = status;
        check.FoundCode = code;
        Span<byte> room = check.FoundText;
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        int length = Math.Min(end < 0 ? text.Length : end, CheckRow.TextMax);
        check.FoundTextLength = (uint)Encoding.Latin1.GetBytes(text.AsSpan(0, length), room);
    }

    /// <summary>All steps went well: unless one of them said more, that is it.</summary>
    /// <param name="program">The steps.</param>
    /// <param name="check">The check.</param>
    /// <param name="isEncrypted">Its connection is.</param>
    public static void Complete(CheckProgram program, ref CheckRow check, bool isEncrypted)
    {
        if (check.Found != CheckStatus.Unknown) return;
        CheckStatus connected = isEncrypted ? CheckStatus.Layer6Ok : CheckStatus.Layer4Ok;
        if (program.Kind == CheckKind.Connection)
        {
            Set(ref check, connected, 0, "");
            return;
        }
        bool talked = Array.Exists(
            program.Steps, static step => step.Kind is not (CheckStepKind.Connect or CheckStepKind.Assign));
        bool isScript = program.Kind == CheckKind.Tcp && (program.Steps.Length > 1 || program.Steps[0].Place > 0);
        Set(ref check, talked ? CheckStatus.Layer7Ok : connected, check.FoundCode, isScript ? "(tcp-check)" : "");
    }

    public static string Text(in CheckRow check) =>
        Encoding.Latin1.GetString(((ReadOnlySpan<byte>)check.Text)[..(int)check.TextLength]);
}
