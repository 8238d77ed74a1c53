using System.Text;

namespace Engine.Data.Registries;

/// <summary>The arguments a fetch or converter takes: their kinds in order, and how many must be given.</summary>
public sealed class ArgumentSpec(int required, params ArgumentKind[] kinds)
{
    public static readonly ArgumentSpec None = new(0);

    /// <summary>A single mandatory text.</summary>
    public static readonly ArgumentSpec OneText = new(1, ArgumentKind.String);

    /// <summary>A single optional text.</summary>
    public static readonly ArgumentSpec OptionalText = new(0, ArgumentKind.String);

    public readonly int Required = required;

    public readonly ArgumentKind[] Kinds = kinds;

    /// <summary>As <c>-dK</c> prints it: <c>(string[,integer])</c>; empty when there are none.</summary>
    public override string ToString()
    {
        if (Kinds.Length == 0) return "";
        StringBuilder text = new("(");
        for (int i = 0; i < Kinds.Length; i++)
        {
            if (i == Required) text.Append('[');
            if (i > 0) text.Append(',');
            text.Append(NameOf(Kinds[i]));
        }
        if (Required < Kinds.Length) text.Append(']');
        return text.Append(')').ToString();
    }

    public static string NameOf(ArgumentKind kind) =>
        kind switch
        {
            ArgumentKind.Integer => "integer",
            ArgumentKind.Ipv4Address => "IPv4 address",
            ArgumentKind.Ipv4Mask => "IPv4 mask",
            ArgumentKind.Ipv6Address => "IPv6 address",
            ArgumentKind.Ipv6Mask => "IPv6 mask",
            ArgumentKind.Time => "delay",
            ArgumentKind.Size => "size",
            ArgumentKind.Frontend => "frontend",
            ArgumentKind.Backend => "backend",
            ArgumentKind.Table => "table",
            ArgumentKind.Server => "server",
            ArgumentKind.UserList => "user list",
            ArgumentKind.Map => "map",
            ArgumentKind.Regex => "regex",
            ArgumentKind.Variable => "variable",
            ArgumentKind.ProtobufField => "Protocol buffers field number",
            _ => "string",
        };
}
