namespace Engine.Data.Samples;

/// <summary>A compiled fetch with its arguments and the converters applied to it, in order.</summary>
public sealed unsafe class SampleExpression
{
    /// <summary>The fetch. False: the value is not there.</summary>
    public delegate*<ref Evaluation, Arguments, ref Sample, bool> Fetch;

    public Arguments FetchArguments = Arguments.None;
    public Conversion[] Conversions = [];

    /// <summary>As written, for messages.</summary>
    public string Text = "";
}
