namespace Engine.Data.Health;

/// <summary>Whose words a check uses for what it finds.</summary>
public enum CheckKind : byte
{
    Connection = 0,
    Tcp,
    Http,
    Mysql,
    Pgsql,
    Redis,
    Smtp,
    Ldap,
    TlsHello,
    Spop,
    Agent,
    External,
}
