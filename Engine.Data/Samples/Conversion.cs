namespace Engine.Data.Samples;

/// <summary>One converter of an expression.</summary>
public unsafe struct Conversion
{
    /// <summary>Changes the sample in place; false: no value.</summary>
    public delegate*<ref Evaluation, Arguments, ref Sample, bool> Convert;

    /// <summary>What the value is cast to before; None: any type will do.</summary>
    public SampleType Input;

    public Arguments Arguments;
}
