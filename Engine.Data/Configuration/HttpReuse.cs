namespace Engine.Data.Configuration;

/// <summary><c>http-reuse</c> (manual section 4.2).</summary>
public enum HttpReuse : byte
{
    Safe = 0,
    Never,
    Aggressive,
    Always,
}
