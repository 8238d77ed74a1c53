namespace Engine.Data.Configuration;

public enum ProxyMode : byte
{
    Tcp = 0,
    Http = 1,
}
