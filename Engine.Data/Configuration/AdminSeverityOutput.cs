namespace Engine.Data.Configuration;

/// <summary>What stands before a message of the Runtime API (<c>severity-output</c>, manual section 5.1).</summary>
public enum AdminSeverityOutput : byte
{
    None,

    /// <summary><c>[3]: </c></summary>
    Number,

    /// <summary><c>[err]: </c></summary>
    String,
}
