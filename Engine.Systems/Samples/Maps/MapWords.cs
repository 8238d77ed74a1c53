using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
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
        static abstract MapMethod Method { get; }
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
        where TMethod : struct, IMethod => Prepare(arguments, TMethod.Method, MapOutput.Text);

    private static string? PrepareInteger<TMethod>(ParsePlace place, Arguments arguments)
        where TMethod : struct, IMethod => Prepare(arguments, TMethod.Method, MapOutput.Integer);

    private static string? PrepareKey<TMethod>(ParsePlace place, Arguments arguments)
        where TMethod : struct, IMethod => Prepare(arguments, TMethod.Method, MapOutput.Key);

    private static string? PrepareAddress<TMethod>(ParsePlace place, Arguments arguments)
        where TMethod : struct, IMethod
    {
        if (Prepare(arguments, TMethod.Method, MapOutput.Address) is { } refusal) return refusal;
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        if (!arguments.Has(1) || ParseMap.TryAddress(arguments.Text(1), ref map.Otherwise)) return null;
        return "Cannot convert default value";
    }

    private static string? Prepare(Arguments arguments, MapMethod method, MapOutput output)
    {
        arguments.Prepared = ParseMap.Run(arguments.Text(0).ToString(), method, output, out string error);
        return arguments.Prepared is null ? error : null;
    }

    private static bool Text(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        bool found = map.TryFind(ref scope, in sample, out int number);
        if (!found && !arguments.Has(1)) return false;
        sample.SetString(found ? map.Entries[number].Text : arguments.Text(1));
        return true;
    }

    private static bool Integer(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        bool found = map.TryFind(ref scope, in sample, out int number);
        if (!found && !arguments.Has(1)) return false;
        sample.SetInteger(found ? map.Entries[number].Integer : arguments.Integer(1));
        return true;
    }

    private static bool Address(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        bool found = map.TryFind(ref scope, in sample, out int number);
        if (!found && !arguments.Has(1)) return false;
        ref MapEntry entry = ref map.Otherwise;
        if (found) entry = ref map.Entries[number];
        sample.Type = entry.AddressType;
        sample.Address = entry.Address;
        return true;
    }

    private static bool Key(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        if (!map.TryFind(ref scope, in sample, out int number)) return false;
        sample.SetString(map.Entries[number].Key);
        return true;
    }

    private static bool WithGroups(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        Map map = Unsafe.As<Map>(arguments.Prepared!);
        Span<int> groups = stackalloc int[GroupRegex.GroupsMax * 2];
        int number = Unsafe.As<GroupRegexIndex>(map.Index).Find(in sample, groups);
        if (number < 0)
        {
            if (!arguments.Has(1)) return false;
            sample.SetString(arguments.Text(1));
            return true;
        }
        ByteView template = map.Entries[number].Text;
        int written = ExpandGroups.Run(template.Span, sample.Bytes.Span, groups, scope.Scratch.Free);
        if (written < 0) return false;
        sample.SetString(scope.Scratch.Commit(written));
        return true;
    }

    private readonly struct Whole : IMethod
    {
        public static MapMethod Method => MapMethod.Whole;
    }

    private readonly struct Beginning : IMethod
    {
        public static MapMethod Method => MapMethod.Beginning;
    }

    private readonly struct End : IMethod
    {
        public static MapMethod Method => MapMethod.End;
    }

    private readonly struct Part : IMethod
    {
        public static MapMethod Method => MapMethod.Part;
    }

    private readonly struct InPath : IMethod
    {
        public static MapMethod Method => MapMethod.Directory;
    }

    private readonly struct InName : IMethod
    {
        public static MapMethod Method => MapMethod.Domain;
    }

    private readonly struct Expression : IMethod
    {
        public static MapMethod Method => MapMethod.Regex;
    }

    private readonly struct GroupExpression : IMethod
    {
        public static MapMethod Method => MapMethod.GroupRegex;
    }

    private readonly struct Number : IMethod
    {
        public static MapMethod Method => MapMethod.Integer;
    }

    private readonly struct Network : IMethod
    {
        public static MapMethod Method => MapMethod.Address;
    }
}
