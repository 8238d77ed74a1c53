namespace Engine.Runtime.Tls;

/// <summary>struct ossl_param_st: a named value for the library.</summary>
internal unsafe struct LibraryParameter(byte* name, uint kind, byte* value, nuint length)
{
    public const uint Text = 4;
    public const uint Octets = 5;

    public byte* Name = name;
    public uint Kind = kind;
    public byte* Value = value;
    public nuint Length = length;
    public nuint Returned = nuint.MaxValue;
}
