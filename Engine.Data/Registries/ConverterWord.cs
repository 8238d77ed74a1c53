using Engine.Data.Samples;

namespace Engine.Data.Registries;

/// <summary>A sample converter (manual section 7.3.1).</summary>
public sealed unsafe class ConverterWord(
    string word,
    ArgumentSpec arguments,
    SampleType input,
    SampleType output,
    delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) : Row(word, arguments.ToString())
{
    public ArgumentSpec Arguments { get; } = arguments;

    /// <summary>None: any.</summary>
    public SampleType Input { get; } = input;

    /// <summary>None: any.</summary>
    public SampleType Output { get; } = output;

    /// <summary>The value keeps the type it came with: printed as <c>same</c>.</summary>
    public bool KeepsType { get; init; }

    public delegate*<ref Evaluation, Arguments, ref Sample, bool> Convert { get; } = convert;

    /// <summary>Checks and prepares the parsed arguments once; answers null, or what is wrong. Null: nothing to do.</summary>
    public delegate*<ParsePlace, Arguments, string?> Prepare { get; init; }
}
