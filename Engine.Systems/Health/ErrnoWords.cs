namespace Engine.Systems.Health;

/// <summary>Names and texts of the errors that connections fail with (errno(3)).</summary>
public static class ErrnoWords
{
    public static string Name(int errno) => Of(errno).Name;

    public static string Text(int errno) => Of(errno).Text;

    private static (string Name, string Text) Of(int errno) =>
        errno switch
        {
            1 => ("EPERM", "Operation not permitted"),
            2 => ("ENOENT", "No such file or directory"),
            11 => ("EAGAIN", "Resource temporarily unavailable"),
            12 => ("ENOMEM", "Cannot allocate memory"),
            13 => ("EACCES", "Permission denied"),
            22 => ("EINVAL", "Invalid argument"),
            23 => ("ENFILE", "Too many open files in system"),
            24 => ("EMFILE", "Too many open files"),
            32 => ("EPIPE", "Broken pipe"),
            97 => ("EAFNOSUPPORT", "Address family not supported by protocol"),
            98 => ("EADDRINUSE", "Address already in use"),
            99 => ("EADDRNOTAVAIL", "Cannot assign requested address"),
            100 => ("ENETDOWN", "Network is down"),
            101 => ("ENETUNREACH", "Network is unreachable"),
            103 => ("ECONNABORTED", "Software caused connection abort"),
            104 => ("ECONNRESET", "Connection reset by peer"),
            105 => ("ENOBUFS", "No buffer space available"),
            110 => ("ETIMEDOUT", "Connection timed out"),
            111 => ("ECONNREFUSED", "Connection refused"),
            112 => ("EHOSTDOWN", "Host is down"),
            113 => ("EHOSTUNREACH", "No route to host"),
            _ => ($"errno={errno}", $"Unknown error {errno}"),
        };
}
