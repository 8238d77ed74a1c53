namespace Engine.Data.Configuration;

/// <summary>What a Runtime API connection may do.</summary>
public enum AdminLevel : byte
{
    User = 0,
    Operator,
    Admin,
}
