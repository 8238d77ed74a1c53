using System;
using System.Collections.Generic;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples;

/// <summary>
/// Compiles a sample expression: <c>fetch(args),converter(args),...</c> (manual section 7.3). The implicit casts
/// between the steps are checked here, so that evaluation can only fail for want of a value.
/// </summary>
public static unsafe class ParseExpression
{
    /// <summary>
    /// Compiles a word of a line; the whole word must be an expression. Null when it is not, with the reason.
    /// </summary>
    public static SampleExpression? Run(ParsePlace place, string text, out string error)
    {
        int at = 0;
        SampleExpression? found = Fetch(place, null, text, ref at, out error);
        if (found is null) return null;
        string owner = $"sample fetch keyword '{found.Row!.Word}'";
        return Conversions(place, found, owner, text, wholeWord: true, ref at, out error) ? found : null;
    }

    /// <summary>
    /// The next word of a line and the converters that stand behind it as words of their own, as in
    /// <c>stick on src ipmask(24)</c>.
    /// </summary>
    public static string WordsOf(Directive line)
    {
        string text = line.Next();
        while (!line.AtEnd && StartsWithConverter(line.Peek())) text = Joined(text, line.Next());
        return text;
    }

    /// <summary>Whether a word of a line begins with the name of a converter.</summary>
    internal static bool StartsWithConverter(string word) => Words.Converters.Find(word.AsSpan(0, NameEnd(word, 0))) is not null;

    /// <summary>An expression and the word of converters behind it.</summary>
    internal static string Joined(string text, string word) => text.EndsWith(',') ? text + word : $"{text},{word}";

    /// <summary>Whether a character can stand in the name of a fetch or converter.</summary>
    internal static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '-' or '+';

    /// <summary>Behind the last character of the name that begins at a position.</summary>
    internal static int NameEnd(string text, int from)
    {
        while (from < text.Length && IsNameCharacter(text[from])) from++;
        return from;
    }

    /// <summary>
    /// Reads the fetch at the start of a text. <paramref name="known"/> is the row when the caller found it under
    /// another name (the words of ACLs).
    /// </summary>
    internal static SampleExpression? Fetch(
        ParsePlace place, FetchWord? known, string text, ref int at, out string error)
    {
        int end = NameEnd(text, at);
        string name = text[at..end];
        if (name.Length == 0)
        {
            error = "missing fetch method";
            return null;
        }
        FetchWord? row = known ?? Words.Fetches.Find(name);
        if (row is null)
        {
            error = UnsupportedWords.Contains("fetch", name)
                ? $"fetch method '{name}' is not supported yet"
                : $"unknown fetch method '{name}'";
            return null;
        }
        at = end;
        Arguments? arguments = ParseArguments.Run(text, ref at, row.Arguments, out _, out error);
        string subject = known is null ? $"fetch method '{name}' : " : "";
        if (arguments is null)
        {
            error = subject + error;
            return null;
        }
        if (row.Prepare != null && row.Prepare(place, arguments) is { } refusal)
        {
            error = known is null ? $"invalid args in fetch method '{name}' : {refusal}" : refusal;
            return null;
        }
        return new SampleExpression
        {
            Fetch = row.Fetch,
            FetchArguments = arguments,
            Output = row.Output,
            Row = row,
            Text = text,
        };
    }

    /// <summary>Reads the converters behind the fetch, as long as commas follow.</summary>
    /// <param name="place">Where the expression stands.</param>
    /// <param name="expression">The fetch, which the converters are added to.</param>
    /// <param name="owner">What an unresolved name is said to belong to.</param>
    /// <param name="text">The expression.</param>
    /// <param name="wholeWord">Nothing may follow the last converter.</param>
    /// <param name="at">Behind the fetch; left behind the last converter.</param>
    /// <param name="error">What was wrong.</param>
    internal static bool Conversions(
        ParsePlace place, SampleExpression expression, string owner, string text, bool wholeWord, ref int at,
        out string error)
    {
        error = "";
        string last = "fetch keyword";
        Later(place, expression.FetchArguments, expression.Row!.Arguments.Required, owner);
        List<Conversion>? conversions = null;
        while (at < text.Length && text[at] == ',')
        {
            int start = at + 1;
            int end = NameEnd(text, start);
            string name = text[start..end];

            // One comma more between converters does no harm.
            if (name.Length == 0 && start < text.Length && text[start] == ',')
            {
                at = start;
                continue;
            }

            // A word may end with a comma; where brackets are open, they are missed.
            if (name.Length == 0 && end == text.Length)
            {
                at = end;
                break;
            }
            ConverterWord? row = Words.Converters.Find(name);
            if (row is null)
            {
                error = UnsupportedWords.Contains("converter", name)
                    ? $"converter '{name}' is not supported yet"
                    : $"unknown converter '{name}'";
                return false;
            }
            if (!CastSample.IsPossible(expression.Output, row.Input))
            {
                error = $"converter '{name}' cannot be applied";
                return false;
            }
            at = end;
            if (!TryConversion(place, row, text, ref at, out Conversion conversion, out error)) return false;
            Later(place, conversion.Arguments, row.Arguments.Required, $"conversion keyword '{name}' for {owner}");
            (conversions ??= []).Add(conversion);
            last = $"converter '{name}'";
            if (row.Output != SampleType.None || !row.KeepsType) expression.Output = row.Output;
        }
        if (conversions is not null) expression.Conversions = [.. conversions];
        if (!wholeWord || at >= text.Length) return true;
        error = $"missing comma after {last}";
        return false;
    }

    private static bool TryConversion(
        ParsePlace place, ConverterWord row, string text, ref int at, out Conversion conversion, out string error)
    {
        conversion = default;
        Arguments? arguments = ParseArguments.Run(text, ref at, row.Arguments, out int position, out error);
        if (arguments is null)
        {
            error = $"invalid arg {position} in converter '{row.Word}' : {error}";
            return false;
        }
        if (row.Prepare != null && row.Prepare(place, arguments) is { } refusal)
        {
            error = $"invalid args in converter '{row.Word}' : {refusal}";
            return false;
        }
        conversion = new Conversion { Convert = row.Convert, Input = row.Input, Arguments = arguments };
        return true;
    }

    /// <summary>Notes the arguments that name proxies and servers, for when all of them are known.</summary>
    private static void Later(ParsePlace place, Arguments arguments, int required, string owner)
    {
        if (place.Proxy is null) return;
        for (int i = 0; i < arguments.Items.Length; i++)
        {
            ArgumentKind kind = arguments.Items[i].Kind;
            bool isTable = kind == ArgumentKind.Table && (i < required || arguments.Items[i].Given);
            if (!isTable && kind is not (ArgumentKind.Frontend or ArgumentKind.Backend or ArgumentKind.Server
                or ArgumentKind.UserList))
            {
                continue;
            }
            string keyword = place.Ruleset.Length == 0 ? owner : $"{owner} in {place.Ruleset}";
            place.Proxy.Parts.Get<UnresolvedArguments>().Items.Add(
                new UnresolvedArgument(arguments, i, place.Proxy, keyword, place.File, place.Line));
        }
    }
}
