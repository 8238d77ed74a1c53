using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Engine.Data.Patterns;
using Engine.Data.Registries;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Tables;
using Engine.Systems.Samples;
using Engine.Systems.Samples.Lists;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Rules;

/// <summary>
/// Compiles one expression of an ACL: criterion, flags, operators and patterns (manual section 7.1). The criterion is a
/// sample expression, or an ACL word that implies a fetch and a match method.
/// </summary>
internal sealed unsafe class ParseAcl
{
    private readonly ParsePlace place;
    private readonly IReadOnlyList<string> words;
    private readonly ValueList<PatternText> patterns = new();
    private SampleExpression sample = null!;
    private AclWord? aclWord;
    private MatchWord? match;
    private bool explicitMatch;
    private bool asMap;
    private readonly List<(PatternList List, bool IgnoreCase)> lists = [];
    private int id = -1;
    private int firstOfLine;
    private int at;
    private string error = "";

    private ParseAcl(ParsePlace place, IReadOnlyList<string> words)
    {
        this.place = place;
        this.words = words;
    }

    /// <summary>Compiles; null with the reason when the expression is wrong.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="words">The criterion and what follows it.</param>
    /// <param name="error">The reason.</param>
    public static AclExpression? Run(ParsePlace place, IReadOnlyList<string> words, out string error)
    {
        ParseAcl parser = new(place, words);
        AclExpression? expression = parser.Criterion() && parser.Flags() && parser.Method() ? parser.Finish() : null;
        error = parser.error;
        return expression;
    }

    private string Word => at < words.Count ? words[at] : "";

    private bool Criterion()
    {
        string text = Word;
        int end = ParseExpression.NameEnd(text, 0);
        aclWord = Words.AclWords.Find(text.AsSpan(0, end));
        FetchWord? fetch = aclWord is null ? null : Words.Fetches.Find(aclWord.Fetch);
        if (aclWord is null) text = WithConverterWords(text);
        int position = 0;
        SampleExpression? found = ParseExpression.Fetch(place, fetch, text, ref position, out string reason);
        string keyword = aclWord is null ? "" : $"ACL keyword '{aclWord.Word}' : ";
        string behind = aclWord is null ? $" in ACL expression '{text}'" : "";
        if (found is null) return Refuse(keyword + reason + behind);
        string owner = $"ACL keyword '{text[..end]}'";
        if (!ParseExpression.Conversions(place, found, owner, text, wholeWord: true, ref position, out reason))
            return Refuse(keyword + reason + behind);
        found.Text = text;
        sample = found;
        at++;
        return true;
    }

    /// <summary>
    /// Behind a fetch that is no word of ACLs converters may stand as words of their own. Those behind a comma are no more
    /// than that; others are patterns as well, and so is all behind them.
    /// </summary>
    private string WithConverterWords(string text)
    {
        for (int next = at + 1; next < words.Count && ParseExpression.StartsWithConverter(words[next]); next++)
        {
            if (text.EndsWith(',') && next == at + 1) at = next;
            text = ParseExpression.Joined(text, words[next]);
        }
        return text;
    }

    private bool Flags()
    {
        bool ignoreCase = false;
        bool noResolution = false;
        for (; at < words.Count && Word.StartsWith('-'); at++)
        {
            switch (Word)
            {
                case "--":
                    at++;
                    return Remaining(ignoreCase, noResolution);
                case "-i":
                    ignoreCase = true;
                    break;
                case "-n":
                    noResolution = true;
                    break;
                case "-M":
                    asMap = true;
                    break;
                case "-u":
                    at++;
                    if (!int.TryParse(Word, NumberStyles.None, CultureInfo.InvariantCulture, out id))
                        return Refuse("the argument of -u must be an integer");
                    break;
                case "-m":
                    at++;
                    if (!Explicit()) return false;
                    break;
                case "-f":
                    at++;
                    if (!File(new PatternText("", ignoreCase, FromFile: true, noResolution) { File = Word })) return false;
                    break;
                default:
                    return Refuse($"'{Word}' is not a valid ACL option. "
                        + "Please use '--' before any pattern beginning with a '-'");
            }
        }
        return Remaining(ignoreCase, noResolution);
    }

    private bool File(PatternText like)
    {
        if (match is null && !Method()) return false;
        if (LoadList.Run(place.Draft, like.File, asMap, out string reason) is not { } list) return Refuse(reason);
        lists.Add((list, like.IgnoreCase));
        list.ForEachLine((key, line) => patterns.Add(like with { Text = Encoding.Latin1.GetString(key), Line = line }));
        return true;
    }

    /// <summary>What follows the flags are patterns, whatever they look like.</summary>
    private bool Remaining(bool ignoreCase, bool noResolution)
    {
        firstOfLine = patterns.Count;
        lists.Add((LoadList.OfLine(place.Draft), ignoreCase));
        bool dotted = aclWord is { HasDottedNumbers: true } && !explicitMatch && sample.Conversions.Length == 0;
        for (; at < words.Count; at++)
        {
            string? text = dotted ? DottedNumbers.ToIntegers(Word, out error) : Word;
            if (text is null) return false;
            patterns.Add(new PatternText(text, ignoreCase, FromFile: false, noResolution));
        }
        return true;
    }

    private bool Explicit()
    {
        if (explicitMatch)
        {
            return Refuse("only one explicit matching method can be defined with '-m' parameter. "
                + "if migrating from an old version, just keep the last one");
        }
        if (lists.Count > 0) return Refuse("'-m' must only be specified before patterns and files in parsing ACL expression");
        match = Words.Matches.Find(Word);
        if (match is null) return Refuse($"unknown matching method '{Word}' when parsing ACL expression");
        explicitMatch = true;
        if (CastSample.IsPossible(sample.Output, match.Input)) return true;
        return Refuse($"matching method '{match.Word}' cannot be used with fetch keyword '{FetchName()}'");
    }

    /// <summary>Without <c>-m</c> the ACL word tells the method, or the type of the value.</summary>
    private bool Method()
    {
        bool converted = sample.Conversions.Length > 0;
        bool implied = aclWord is not null && !converted && !explicitMatch;
        if (implied) match = Words.Matches.Find(aclWord!.Match);
        match ??= DefaultFor(sample.Output);
        if (match is not null) return true;
        return Refuse("matching method must be specified first (using '-m') when using a sample fetch of this type "
            + $"('{FetchName()}')");
    }

    /// <summary>The method of an ACL word gave way to another; blocks of bytes have none of their own.</summary>
    private void WarnOfLostMethod()
    {
        if (aclWord is null || (sample.Conversions.Length == 0 && !explicitMatch)) return;
        SampleType type = sample.Row!.Output;
        if (type == SampleType.Binary || aclWord.Match == DefaultFor(type)?.Word) return;
        if (explicitMatch && aclWord.Match == match!.Word && !IsMethod()) return;
        place.Warn($"original matching method '{aclWord.Word}' was overwritten and will not be applied as expected.");
    }

    private bool IsMethod() => sample.Row!.Output == SampleType.Method;

    private AclExpression? Finish()
    {
        if (words.Count == 1 && !match!.NeedsNoPattern)
        {
            place.Draft.Diagnostics.Warn($"parsing acl keyword '{words[0]}' :\n"
                + "  no pattern to match against were provided, so this ACL will never match.\n"
                + "  If this is what you intended, please add '--' to get rid of this warning.\n"
                + "  If you intended to match only for existence, please use '-m found'.\n"
                + "  If you wanted to force an int to match as a bool, please use '-m bool'.\n");
        }

        if (id >= 0 && !place.Draft.Target.Patterns.TryReserve(lists[^1].List, id))
        {
            error = "the id is already used";
            return null;
        }

        // The ACL word of the method compares methods, which -m cannot ask for.
        bool methods = aclWord is not null && IsMethod() && !explicitMatch && sample.Conversions.Length == 0;
        PatternSet? set = methods ? MethodPatterns.Compile(patterns) : match!.Compile(patterns, out error);
        if (set is null)
        {
            error += WhereWrong();
            return null;
        }
        AclExpression expression = new()
        {
            Sample = sample,
            Input = methods ? SampleType.Method : match!.Input,
            Patterns = set,
            Text = string.Join(' ', words),
        };
        if (!Join(expression, methods ? "method" : match!.Word)) return null;
        WarnOfLostMethod();
        return expression;
    }

    /// <summary>The patterns of the line itself.</summary>
    private List<string> Texts()
    {
        List<string> texts = [];
        for (int i = firstOfLine; i < patterns.Count; i++) texts.Add(patterns[i].Text);
        return texts;
    }

    /// <summary>Tells the lists who uses them, so that changes of theirs reach the expression.</summary>
    private bool Join(AclExpression expression, string method)
    {
        PatternList ofLine = lists[^1].List;
        List<string> texts = match is { TakesOperators: true } ? IntegerRanges.Written(patterns, firstOfLine) : Texts();
        foreach (string text in texts) ofLine.AddLine(Encoding.Latin1.GetBytes(text), [], line: 0);
        string at = $"file '{place.File}' line {place.Line}";
        (PatternList List, int Use)[] parts = new (PatternList, int)[lists.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            (PatternList list, bool ignoreCase) = lists[i];
            list.IsAcl = true;
            list.Descriptions.Add(list.Name.Length > 0 ? $"by {(list.HasValues ? "map" : "acl")} at {at}" : $"acl '{FetchName()}' {at}");
            parts[i] = (list, list.AddUse(PatternUses.Of(method, ignoreCase)));
            list.Readers.Add((parts[i].Use, null));
        }
        if (method is "found" or "bool") return true;
        PatternAcl acl = new(expression, parts);
        foreach ((PatternList list, _) in lists) list.AddAcl(acl);
        return true;
    }

    /// <summary>The line of a pattern file that is wrong: found again pattern by pattern.</summary>
    private string WhereWrong()
    {
        foreach (PatternText pattern in patterns)
        {
            ValueList<PatternText> single = new();
            single.Add(pattern);
            if (pattern.File.Length > 0 && match!.Compile(single, out _) is null)
                return $" at line {pattern.Line} of file '{pattern.File}'";
        }
        return "";
    }

    private string FetchName() => words[0][..ParseExpression.NameEnd(words[0], 0)];

    private static MatchWord? DefaultFor(SampleType type) =>
        type switch
        {
            SampleType.Boolean => Words.Matches.Find("bool"),
            SampleType.Integer => Words.Matches.Find("int"),
            SampleType.Address or SampleType.Ipv4 or SampleType.Ipv6 => Words.Matches.Find("ip"),
            SampleType.String => Words.Matches.Find("str"),
            _ => null,
        };

    private bool Refuse(string reason)
    {
        error = reason;
        return false;
    }
}
