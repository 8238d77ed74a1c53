using System;
using System.Globalization;
using System.Text;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Samples.Converters;

namespace Engine.Systems.Samples;

/// <summary>
/// Reads the argument list of a fetch or converter: <c>(a,"b,c",3)</c>. Quotes of either kind protect commas and
/// parentheses; a backslash takes their meaning from quotes and blanks except in single quotes (manual section 2.2).
/// </summary>
internal static class ParseArguments
{
    /// <summary>
    /// Reads from behind the word. Without parentheses the list counts as empty, which is wrong where an argument is
    /// needed that cannot be an empty text.
    /// </summary>
    /// <param name="text">The expression.</param>
    /// <param name="at">Behind the word; left behind the list.</param>
    /// <param name="spec">What the word takes.</param>
    /// <param name="position">Number of the argument that was wrong, from 1.</param>
    /// <param name="error">What was wrong.</param>
    public static Arguments? Run(string text, ref int at, ArgumentSpec spec, out int position, out string error)
    {
        error = "";
        position = 1;
        ArgumentKind[] kinds = spec.Kinds;
        bool hasList = at < text.Length && text[at] == '(';
        if (!hasList && kinds.Length == 0) return Arguments.None;
        if (hasList) at++;
        Arguments arguments = new() { Items = new Argument[kinds.Length], IsListed = hasList };
        int count = 0;
        StringBuilder word = new();
        while (count < kinds.Length)
        {
            position = count + 1;
            word.Clear();
            if (hasList && !TryWord(text, ref at, word))
            {
                error = "expected ')'";
                return null;
            }
            bool required = count < spec.Required;
            if (!TryArgument(kinds[count], word.ToString(), required, position, ref arguments.Items[count], out error))
            {
                return null;
            }
            count++;
            if (!hasList || text[at] != ',' || count == kinds.Length) break;
            at++;
        }
        if (count < spec.Required)
        {
            position = count + 1;
            error = $"missing arguments (got {count}/{spec.Required}), "
                + $"type '{ArgumentSpec.NameOf(kinds[count])}' expected";
            return null;
        }
        if (!hasList) return arguments;
        if (at < text.Length && text[at] == ')')
        {
            at++;
            return arguments;
        }
        position = kinds.Length == 1 ? 2 : Math.Max(1, kinds.Length);
        error = at < text.Length ? $"expected ')' before '{text[at..]}'" : "expected ')'";
        return null;
    }

    /// <summary>Takes one argument up to its comma or closing parenthesis; false when there is none.</summary>
    private static bool TryWord(string text, ref int at, StringBuilder word)
    {
        char quote = '\0';
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (quote == '\0' && c is ',' or ')') return true;
            if (quote == '\0' && c is '"' or '\'') quote = c;
            else if (c == quote) quote = '\0';
            else if (c == '\\' && quote != '\'' && at + 1 < text.Length && Unescape(text[at + 1]) is var plain and not '\0')
            {
                word.Append(plain);
                at++;
            }
            else word.Append(c);
        }
        return false;
    }

    /// <summary>What a letter behind a backslash means; 0: the backslash stays.</summary>
    private static char Unescape(char letter) =>
        letter switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            ' ' or '\\' or '\'' or '"' => letter,
            _ => '\0',
        };

    private static bool TryArgument(
        ArgumentKind kind, string word, bool required, int position, ref Argument argument, out string error)
    {
        error = "";
        argument.Kind = kind;
        if (word.Length == 0 && kind != ArgumentKind.String)
        {
            if (!required || IsName(kind)) return true;
            error = $"expected type '{ArgumentSpec.NameOf(kind)}' at position {position}, but got nothing";
            return false;
        }
        if (!TryValue(kind, word, ref argument))
        {
            error = $"failed to parse '{word}' as type '{ArgumentSpec.NameOf(kind)}' at position {position}";
            return false;
        }
        argument.Given = word.Length > 0 || required;
        return true;
    }

    /// <summary>Left out, such a name means the section's own.</summary>
    private static bool IsName(ArgumentKind kind) =>
        kind is ArgumentKind.Frontend or ArgumentKind.Backend or ArgumentKind.Server or ArgumentKind.Table
            or ArgumentKind.UserList;

    private static bool TryValue(ArgumentKind kind, string word, ref Argument argument)
    {
        Span<byte> bytes = stackalloc byte[Math.Min(word.Length, WriteAddress.Ipv6Max)];
        Encoding.Latin1.GetBytes(word.AsSpan(0, bytes.Length), bytes);
        switch (kind)
        {
            case ArgumentKind.Integer:
                return ReadNumber.TryWhole(word, out argument.Integer);
            case ArgumentKind.Ipv4Address:
                return bytes.Length == word.Length && ReadAddress.TryIpv4(bytes, ref argument.Address);
            case ArgumentKind.Ipv6Address:
                return bytes.Length == word.Length && ReadAddress.TryIpv6(bytes, ref argument.Address);
            case ArgumentKind.Ipv4Mask:
                return TryMask(word, bytes, 32, ref argument);
            case ArgumentKind.ProtobufField:
                argument.Text = ByteView.Literal(word);
                return ProtobufConverters.IsPath(word);
            case ArgumentKind.Ipv6Mask:
                return TryMask(word, bytes, 128, ref argument);
            default:
                argument.Text = ByteView.Literal(word);
                return true;
        }
    }

    /// <summary>A number of bits, or an address whose ones are the mask.</summary>
    private static bool TryMask(string word, ReadOnlySpan<byte> bytes, int bitsMax, ref Argument argument)
    {
        AddressBytes mask = default;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int bits))
        {
            if (bits > bitsMax) return false;
            argument.Integer = bits;
            for (int i = 0; i < bits; i++) mask[i >> 3] |= (byte)(0x80 >> (i & 7));
        }
        else if (bitsMax == 32 ? !ReadAddress.TryIpv4(bytes, ref mask) : !ReadAddress.TryIpv6(bytes, ref mask))
        {
            return false;
        }
        argument.Address = mask;
        return true;
    }
}
