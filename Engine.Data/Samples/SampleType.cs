namespace Engine.Data.Samples;

/// <summary>The types a sample can have (manual section 7.3.1).</summary>
public enum SampleType : byte
{
    /// <summary>No value; in declarations: any type.</summary>
    None = 0,
    Boolean,
    Integer,

    /// <summary>Only in declarations: Ipv4 or Ipv6, known when the value is there.</summary>
    Address,
    Ipv4,
    Ipv6,
    String,
    Binary,
    Method,
}
