using Engine.Data.Registries;

namespace Engine.Data.Samples;

/// <summary>A compiled fetch with its arguments and the converters applied to it, in order.</summary>
public sealed unsafe class SampleExpression
{
    /// <summary>The fetch. False: the value is not there.</summary>
    public delegate*<ref Evaluation, Arguments, ref Sample, bool> Fetch;

    public Arguments FetchArguments = Arguments.None;
    public Conversion[] Conversions = [];

    /// <summary>Declared type of the result; None: known when it is there.</summary>
    public SampleType Output;

    /// <summary>The fetch's row, for messages and for where it can be taken.</summary>
    public FetchWord? Row;

    /// <summary>As written, for messages.</summary>
    public string Text = "";
}
