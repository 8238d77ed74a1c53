using Engine.Data.Samples;

namespace Engine.Data.Registries;

/// <summary>A sample fetch (manual section 7.3).</summary>
public sealed unsafe class FetchWord(
    string word,
    ArgumentSpec arguments,
    SampleType output,
    SamplePlaces places,
    delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) : Row(word, arguments.ToString())
{
    public ArgumentSpec Arguments { get; } = arguments;

    /// <summary>Declared type of the value; None: any; Address: IPv4 or IPv6, printed as <c>addr</c>.</summary>
    public SampleType Output { get; } = output;

    public SamplePlaces Places { get; } = places;

    /// <summary>What it is taken from, where the places alone do not tell; for messages.</summary>
    public string Needs { get; init; } = "";

    public delegate*<ref Evaluation, Arguments, ref Sample, bool> Fetch { get; } = fetch;

    /// <summary>Checks and prepares the parsed arguments once; answers null, or what is wrong. Null: nothing to do.</summary>
    public delegate*<ParsePlace, Arguments, string?> Prepare { get; init; }
}
