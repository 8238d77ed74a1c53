namespace Engine.Data.Logs;

/// <summary>The type that <c>%(name:type)</c> asks for.</summary>
public enum LogValueType : byte
{
    /// <summary>That of the value.</summary>
    Own = 0,

    /// <summary><c>str</c>.</summary>
    Text,

    /// <summary><c>sint</c>.</summary>
    Integer,

    /// <summary><c>bool</c>.</summary>
    Boolean,

    /// <summary><c>raw</c>: as it is, without quotes or escapes.</summary>
    Raw,
}
