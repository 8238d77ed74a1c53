using System;
using System.Runtime.InteropServices;

namespace Engine.Systems.Samples.Patterns;

/// <summary>
/// The PCRE2 library, where the machine has it: the framework's expressions tell where groups matched only through
/// objects on the heap.
/// </summary>
internal static unsafe partial class Pcre2
{
    public const uint Caseless = 8;

    private const string Library = "libpcre2-8.so.0";

    /// <summary>Steps of a match at most, so that no value can keep a thread busy (THREATS.md E12).</summary>
    private const uint MatchLimit = 500_000;

    private static readonly Lazy<bool> Loads = new(static () => NativeLibrary.TryLoad(Library, out _));

    private static readonly Lazy<nint> Limits = new(static () =>
    {
        void* limits = CreateMatchContext(null);
        if (limits != null) SetMatchLimit(limits, MatchLimit);
        return (nint)limits;
    });

    public static bool IsThere => Loads.Value;

    public static void* MatchLimits => (void*)Limits.Value;

    [LibraryImport(Library, EntryPoint = "pcre2_compile_8")]
    public static partial void* Compile(
        byte* pattern, nuint length, uint options, int* error, nuint* errorOffset, void* context);

    /// <summary>With 1 for whole matches. Its refusal does not matter: matching goes on without machine code.</summary>
    [LibraryImport(Library, EntryPoint = "pcre2_jit_compile_8")]
    public static partial int CompileFurther(void* code, uint options);

    [LibraryImport(Library, EntryPoint = "pcre2_match_8")]
    public static partial int Match(
        void* code, byte* subject, nuint length, nuint from, uint options, void* matches, void* context);

    [LibraryImport(Library, EntryPoint = "pcre2_match_data_create_8")]
    public static partial void* CreateMatches(uint pairs, void* context);

    [LibraryImport(Library, EntryPoint = "pcre2_get_ovector_pointer_8")]
    public static partial nuint* Offsets(void* matches);

    [LibraryImport(Library, EntryPoint = "pcre2_get_error_message_8")]
    public static partial int ErrorMessage(int error, byte* text, nuint length);

    [LibraryImport(Library, EntryPoint = "pcre2_match_context_create_8")]
    private static partial void* CreateMatchContext(void* context);

    [LibraryImport(Library, EntryPoint = "pcre2_set_match_limit_8")]
    private static partial int SetMatchLimit(void* context, uint limit);
}
