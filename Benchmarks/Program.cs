namespace Benchmarks;

/// <summary>The command line of the benchmarks.</summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        _ = arguments;
        return 1;
    }
}
