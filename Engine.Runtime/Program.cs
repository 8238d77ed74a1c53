namespace Engine.Runtime;

/// <summary>The command line of <c>sluice</c>.</summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        _ = arguments;
        return 1;
    }
}
