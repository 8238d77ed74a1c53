using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Patterns;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Systems.Samples.Lists;
using Engine.Systems.Samples.Patterns;

namespace Engine.Systems.Samples.Maps;

/// <summary><c>map</c> and its relatives: a name for the method, one for what comes out (manual section 7.3.1).</summary>
internal static unsafe class MapWords
{
    private static readonly ArgumentSpec Plain = new(1, ArgumentKind.String, ArgumentKind.String);
    private static readonly ArgumentSpec WithNumber = new(1, ArgumentKind.String, ArgumentKind.Integer);

    /// <summary>A match method as a type, so that each word has a function of its own to read its file.</summary>
    private interface IMethod
    {
        static abstract string Method { get; }
    }

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Converters.Add(new("map", Plain, SampleType.String, SampleType.String, &Text)
        {
            Prepare = &PrepareText<Whole>,
        });
        Add<Whole>("map_str", SampleType.String);
        Add<Beginning>("map_beg", SampleType.String);
        Add<End>("map_end", SampleType.String);
        Add<Part>("map_sub", SampleType.String);
        Add<InPath>("map_dir", SampleType.String);
        Add<InName>("map_dom", SampleType.String);
        Add<Expression>("map_reg", SampleType.String);
        Add<Number>("map_int", SampleType.Integer);
        Add<Network>("map_ip", SampleType.Address);
        Words.Converters.Add(new("map_regm", Plain, SampleType.String, SampleType.String, &WithGroups)
        {
            Prepare = &PrepareText<GroupExpression>,
        });
    }

    private static void Add<TMethod>(string word, SampleType input)
        where TMethod : struct, IMethod
    {
        Words.Converters.Add(new(word, Plain, input, SampleType.String, &Text) { Prepare = &PrepareText<TMethod> });
        Words.Converters.Add(new($"{word}_int", WithNumber, input, SampleType.Integer, &Integer)
        {
            Prepare = &PrepareInteger<TMethod>,
        });
        Words.Converters.Add(new($"{word}_ip", Plain, input, SampleType.Address, &Address)
        {
            Prepare = &PrepareAddress<TMethod>,
        });
        Words.Converters.Add(new($"{word}_key", ArgumentSpec.OneText, input, SampleType.String, &Key)
        {
            Prepare = &PrepareKey<TMethod>,
        });
    }

    private static string? PrepareText<TMethod>(ParsePlace place, Arguments arguments)
        where TMethod : struct, IMethod => Prepare(place, arguments, TMethod.Method, MapOutput.Text);

    private static string? PrepareInteger<TMethod>(ParsePlace place, Arguments arguments)
        where TMethod : struct, IMethod => Prepare(place, arguments, TMethod.Method, MapOutput.Integer);

    private static string? PrepareKey<TMethod>(ParsePlace place, Arguments arguments)
        where TMethod : struct, IMethod => Prepare(place, arguments, TMethod.Method, MapOutput.Key);

    private static string? PrepareAddress<TMethod>(ParsePlace place, Arguments arguments)
        where TMethod : struct, IMethod
    {
        if (Prepare(place, arguments, TMethod.Method, MapOutput.Address) is { } refusal) return refusal;
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        if (!arguments.Has(1)) return null;
        map.OtherwiseType = LoadList.TypeOf(arguments.Text(1).Span, out map.Otherwise);
        return map.OtherwiseType == SampleType.None ? "Cannot convert default value" : null;
    }

    private static string? Prepare(ParsePlace place, Arguments arguments, string method, MapOutput output)
    {
        arguments.Prepared = ParseMap.Run(place, arguments.Text(0).ToString(), method, output, out string error);
        return arguments.Prepared is null ? error : null;
    }

    /// <summary>Values are copied: the entry may be changed or go away before the value was used.</summary>
    private static bool Text(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        if (map.Find(ref scope, in sample) is { } entry) return TrySet(ref scope, entry.Value.Text, ref sample);
        if (!arguments.Has(1)) return false;
        sample.SetString(arguments.Text(1));
        return true;
    }

    private static bool Integer(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        PatternEntry? entry = map.Find(ref scope, in sample);
        if (entry is null && !arguments.Has(1)) return false;
        sample.SetInteger(entry is null ? arguments.Integer(1) : entry.Value.Integer);
        return true;
    }

    private static bool Address(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        if (map.Find(ref scope, in sample) is { } entry)
        {
            PatternValue value = entry.Value;
            sample.Type = value.AddressType;
            sample.Address = value.Address;
            return true;
        }
        if (!arguments.Has(1)) return false;
        sample.Type = map.OtherwiseType;
        sample.Address = map.Otherwise;
        return true;
    }

    private static bool Key(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        return map.Find(ref scope, in sample) is { } entry && TrySet(ref scope, entry.Key, ref sample);
    }

    private static bool WithGroups(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        Span<int> groups = stackalloc int[GroupRegex.GroupsMax * 2];
        PatternEntry? entry = Unsafe.As<GroupRegexIndex>(map.Index).Find(in sample, groups);
        if (entry is null)
        {
            if (!arguments.Has(1)) return false;
            sample.SetString(arguments.Text(1));
            return true;
        }
        int written = ExpandGroups.Run(entry.Value.Text, sample.Bytes.Span, groups, scope.Scratch.Free);
        if (written < 0) return false;
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    /// <summary>False: it does not fit.</summary>
    private static bool TrySet(ref Evaluation scope, byte[] text, ref Sample sample)
    {
        if (!scope.Scratch.TryCopy(text, out ByteView copy)) return false;
        sample.SetString(copy);
        return true;
    }

    private readonly struct Whole : IMethod
    {
        public static string Method => "str";
    }

    private readonly struct Beginning : IMethod
    {
        public static string Method => "beg";
    }

    private readonly struct End : IMethod
    {
        public static string Method => "end";
    }

    private readonly struct Part : IMethod
    {
        public static string Method => "sub";
    }

    private readonly struct InPath : IMethod
    {
        public static string Method => "dir";
    }

    private readonly struct InName : IMethod
    {
        public static string Method => "dom";
    }

    private readonly struct Expression : IMethod
    {
        public static string Method => "reg";
    }

    private readonly struct GroupExpression : IMethod
    {
        public static string Method => PatternUses.Groups;
    }

    private readonly struct Number : IMethod
    {
        public static string Method => "int";
    }

    private readonly struct Network : IMethod
    {
        public static string Method => "ip";
    }
}
