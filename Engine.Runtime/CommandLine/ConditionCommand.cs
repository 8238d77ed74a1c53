using System.Text;
using Engine.Runtime.Configuration;

namespace Engine.Runtime.CommandLine;

/// <summary><c>-cc</c>: exit code 0 when the condition holds, 1 when it does not, 2 when it is no condition.</summary>
internal static class ConditionCommand
{
    private const int True = 0;
    private const int False = 1;
    private const int Bad = 2;

    public static int Run(string condition, MessageWriter messages)
    {
        LineLexer lexer = new(new EnvironmentTable());
        LexFault fault = lexer.Run(Encoding.UTF8.GetBytes(condition));
        if (fault != LexFault.None)
        {
            messages.Alert($"Syntax Error in condition: {Name(fault)}.");
            return Bad;
        }
        string expression = string.Join(' ', lexer.Words, 0, lexer.Count);
        if (ConditionExpression.TryEvaluate(expression, out bool truth, out string error, out _))
            return truth ? True : False;
        messages.Alert($"Failed to evaluate condition: {error}");
        return Bad;
    }

    private static string Name(LexFault fault) =>
        fault switch
        {
            LexFault.UnmatchedQuote => "Unmatched quote",
            LexFault.UnmatchedBrace => "Unmatched braces",
            LexFault.BadHexadecimal => "Truncated or invalid hexadecimal sequence",
            LexFault.TooManyWords => "Too many words",
            LexFault.BadVariableName => "Forbidden first char in environment variable name",
            _ => "Truncated or invalid word expansion sequence",
        };
}
