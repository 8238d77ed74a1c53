using System;

namespace Engine.Runtime.Tls;

/// <summary>
/// Which protocol versions a line allows, as <c>ssl-min-ver</c>, <c>ssl-max-ver</c>, <c>force-*</c> and
/// <c>no-*</c> say
/// (manual section 5.1).
/// </summary>
public struct VersionRange
{
    /// <summary>Versions by number: 0 SSLv3 to 4 TLSv1.3.</summary>
    public static readonly string[] Names = ["SSLv3", "TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

    private const int Count = 5;
    private const int Tls12 = 3;

    /// <summary>-1: not given.</summary>
    public int Min = -1;

    public int Max = -1;

    /// <summary><c>no-*</c>: a bit for each version.</summary>
    public int Excluded;

    public VersionRange() { }

    /// <summary>Number of a version's name, -1 for no version.</summary>
    public static int Find(string name) => Array.IndexOf(Names, name);

    /// <summary>The version on the wire: 0x0304 for TLS 1.3.</summary>
    public static int Wire(int version) => 0x0300 + version;

    /// <summary>SSL_OP_NO_... of a version.</summary>
    public static ulong OptionOf(int version) =>
        version switch { 0 => 1UL << 25, 1 => 1UL << 26, 2 => 1UL << 28, 3 => 1UL << 27, _ => 1UL << 29 };

    /// <summary>Takes over what these do not say from the defaults of the process.</summary>
    public void Inherit(in VersionRange defaults)
    {
        if (Min < 0) Min = defaults.Min;
        if (Max < 0) Max = defaults.Max;
        Excluded |= defaults.Excluded;
    }

    /// <summary>
    /// The lowest and highest version, and the options that exclude those between. False when none is left.
    /// <paramref name="warning"/> is empty, or what is doubtful, with {0} for the line.
    /// </summary>
    public readonly bool Resolve(bool isBind, out int lowest, out int highest, out ulong holes, out string warning)
    {
        warning = "";
        holes = 0;
        int min = Min;
        int excluded = Excluded;
        if ((min >= 0 || Max >= 0) && excluded != 0)
        {
            warning = "no-sslv3/no-tlsv1x are ignored for {0}. Use only 'ssl-min-ver' and 'ssl-max-ver' to fix.";
            excluded = 0;
        }
        if (min < 0 && isBind)
        {
            min = Max < 0 || Max >= Tls12 ? Tls12 : Max;
            if (min == Max && Max < Tls12)
            {
                warning = "Ambiguous configuration for {0}: the ssl-min-ver value is not configured and the ssl-max-ver "
                    + $"value is lower than the default ssl-min-ver value (TLSv1.2). Setting the ssl-min-ver to "
                    + $"{Names[Max]}. Use 'ssl-min-ver' to fix this.";
            }
        }
        lowest = highest = -1;
        bool hole = false;
        for (int version = 1; version < Count; version++)
        {
            bool allowed = version >= min && (Max < 0 || version <= Max) && (excluded >> version & 1) == 0;
            if (!allowed)
            {
                hole |= lowest >= 0;
                continue;
            }
            if (lowest < 0) lowest = version;
            for (int between = highest + 1; hole && between < version; between++) holes |= OptionOf(between);
            hole = false;
            highest = version;
        }
        return lowest >= 0;
    }
}
