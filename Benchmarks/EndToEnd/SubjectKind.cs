namespace Benchmarks.EndToEnd;

/// <summary>
/// What kind of program a subject is: decides its configuration's language and its arguments.
/// </summary>
public enum SubjectKind
{
    Sluice,

    HaProxy,

    Nginx,
}
