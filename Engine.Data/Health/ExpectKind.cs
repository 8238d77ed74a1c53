namespace Engine.Data.Health;

/// <summary>What an <c>expect</c> looks at.</summary>
public enum ExpectKind : byte
{
    Any = 0,
    Text,
    Regex,
    Binary,
    BinaryRegex,
    HttpStatus,
    HttpStatusRegex,
    HttpField,
    HttpBody,
    HttpBodyRegex,
    MysqlGreeting,
    MysqlAnswer,
    PgsqlAnswer,
    LdapAnswer,
    SmtpAnswer,
    RedisPong,
    TlsHello,
    SpopHello,
    AgentWords,
}
