using System;

namespace Engine.Runtime.CommandLine;

/// <summary>What <c>-vv</c> lists, <c>feature()</c> asks for and <c>enabled()</c> finds switched on.</summary>
public static class Features
{
    /// <summary>
    /// Every feature the reference names, with a plus for what this program has in whatever way: tools and test
    /// suites ask for the names.
    /// </summary>
    public const string List =
        "-51DEGREES +ACCEPT4 -ACME -BACKTRACE -CLOSEFROM +CPU_AFFINITY +CRYPT_H -DEVICEATLAS +DL -ECH -ENGINE +EPOLL "
        + "-EVPORTS -FCGI +GETADDRINFO +H2 -HAVE_TCP_MD5SIG -KQUEUE -KTLS -LIBATOMIC +LIBCRYPT +LINUX_CAP "
        + "+LINUX_SPLICE +LINUX_TPROXY -LUA +MATH -MEMORY_PROFILING +NETFILTER +NS -OBSOLETE_LINKER +OPENSSL "
        + "-OPENSSL_AWSLC -OPENSSL_WOLFSSL -OT -PCRE +PCRE2 -PCRE2_JIT -PCRE_JIT +POLL +PRCTL -PROCCTL +PROMEX "
        + "-PTHREAD_EMULATION -QUIC -QUIC_OPENSSL_COMPAT +RT -SHM_OPEN -SLZ -SPOE +SPIN +SSL -STATIC_PCRE "
        + "-STATIC_PCRE2 +TCPINFO +TFO +THREAD +THREAD_DUMP +TPROXY -TRACE -WURFL -ZLIB";

    /// <summary>Whether the list has the name with a plus.</summary>
    public static bool IsBuiltIn(ReadOnlySpan<char> name)
    {
        foreach (Range range in List.AsSpan().Split(' '))
        {
            ReadOnlySpan<char> item = List.AsSpan(range);
            if (item[0] == '+' && item[1..].SequenceEqual(name)) return true;
        }
        return false;
    }

    /// <summary>What <c>-de</c>, <c>-dS</c> and the like leave switched on.</summary>
    public static bool IsEnabled(string name) =>
        name switch
        {
            "POLL" => true,
            "EPOLL" => !Disabled.HasFlag(DisabledFeatures.Epoll),
            "SPLICE" => !Disabled.HasFlag(DisabledFeatures.Splice),
            "GETADDRINFO" => !Disabled.HasFlag(DisabledFeatures.AddressInfo),
            "REUSEPORT" => !Disabled.HasFlag(DisabledFeatures.ReusePort),
            "FAST-FORWARD" => !Disabled.HasFlag(DisabledFeatures.FastForward),
            "SERVER-SSL-VERIFY-NONE" => Disabled.HasFlag(DisabledFeatures.ServerVerification),
            _ => false,
        };

    /// <summary>Set once by the command line.</summary>
    public static DisabledFeatures Disabled { get; set; }
}
