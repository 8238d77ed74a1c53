namespace Engine.Data.Samples;

/// <summary>The types a sample can have (manual section 7.3.1).</summary>
public enum SampleType : byte
{
    None = 0,
    Boolean,
    Integer,
    Ipv4,
    Ipv6,
    String,
    Binary,
    Method,
}
