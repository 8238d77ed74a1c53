namespace Engine.Runtime.Configuration;

/// <summary>Why a line could not be cut into words.</summary>
public enum LexFault : byte
{
    None = 0,
    UnmatchedQuote,
    BadHexadecimal,
    UnmatchedBrace,
    BadVariableName,
    BadWordExpansion,

    /// <summary>More than <see cref="LineLexer.WordsMax"/> words.</summary>
    TooManyWords,
}
