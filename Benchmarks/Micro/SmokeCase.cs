using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Benchmarks.Micro;

/// <summary>
/// One benchmark method, callable without BenchmarkDotNet: with the first value of each of its class's
/// parameters, set up and cleaned up as declared. It shows that the benchmark works and, where declared,
/// that it allocates nothing.
/// </summary>
public sealed class SmokeCase
{
    // The first calls may allocate: static constructors, caches, the JIT.
    private const int CallsBefore = 3;
    private const int CallsMeasured = 16;
    private readonly MethodInfo method;

    private SmokeCase(MethodInfo method) => this.method = method;

    public string Name => $"{method.DeclaringType!.Name}.{method.Name}";

    /// <summary>The benchmark, or its class, carries <see cref="AllocatesNothingAttribute"/>.</summary>
    public bool AllocatesNothing =>
        method.IsDefined(typeof(AllocatesNothingAttribute))
            || method.DeclaringType!.IsDefined(typeof(AllocatesNothingAttribute));

    /// <summary>Every benchmark of an assembly, by name.</summary>
    public static List<SmokeCase> AllOf(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.IsDefined(typeof(BenchmarkAttribute)))
            .Select(method => new SmokeCase(method))
            .OrderBy(smoke => smoke.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Calls the benchmark a few times and returns the bytes that the measured calls allocated on this
    /// thread.
    /// </summary>
    public long Run()
    {
        object instance = Activator.CreateInstance(method.DeclaringType!)!;
        SetParameters(instance);
        Call<GlobalSetupAttribute>(instance);
        try
        {
            Action benchmark = Bind(instance);
            long allocated = 0;
            for (int call = 0; call < CallsBefore + CallsMeasured; call++)
            {
                Call<IterationSetupAttribute>(instance);
                long before = GC.GetAllocatedBytesForCurrentThread();
                benchmark();
                long after = GC.GetAllocatedBytesForCurrentThread();
                if (call >= CallsBefore) allocated += after - before;
                Call<IterationCleanupAttribute>(instance);
            }

            return allocated;
        }
        finally
        {
            Call<GlobalCleanupAttribute>(instance);
        }
    }

    public override string ToString() => Name;

    private void SetParameters(object instance)
    {
        foreach (PropertyInfo property in instance.GetType().GetProperties())
        {
            if (FirstValue(property, instance) is { } value) property.SetValue(instance, value);
        }

        foreach (FieldInfo field in instance.GetType().GetFields())
        {
            if (FirstValue(field, instance) is { } value) field.SetValue(instance, value);
        }
    }

    private static object? FirstValue(MemberInfo member, object instance)
    {
        if (member.GetCustomAttribute<ParamsAttribute>() is { } values) return values.Values[0];
        if (member.GetCustomAttribute<ParamsSourceAttribute>() is not { } source) return null;
        Type type = instance.GetType();
        object? list = type.GetProperty(source.Name)?.GetValue(instance)
            ?? type.GetMethod(source.Name)?.Invoke(instance, null);
        return ((System.Collections.IEnumerable?)list)?.Cast<object>().First();
    }

    // A set-up may be meant for some benchmarks only.
    private void Call<TAttribute>(object instance)
        where TAttribute : TargetedAttribute
    {
        foreach (MethodInfo candidate in instance.GetType().GetMethods())
        {
            if (candidate.GetCustomAttribute<TAttribute>() is not { } attribute) continue;
            if (attribute.Targets.Length == 0 || attribute.Targets.Contains(method.Name))
                _ = candidate.Invoke(instance, null);
        }
    }

    // A delegate of the method's own type: calling through reflection would allocate the result's box.
    private Action Bind(object instance)
    {
        if (method.GetParameters().Length > 0)
            throw new NotSupportedException(
                $"{Name} has arguments; make them [Params] so that it can be called directly");
        if (method.ReturnType == typeof(void)) return method.CreateDelegate<Action>(instance);
        const BindingFlags Own = BindingFlags.NonPublic | BindingFlags.Static;
        MethodInfo wrap = typeof(SmokeCase).GetMethod(nameof(Wrap), Own)!;
        return (Action)wrap.MakeGenericMethod(method.ReturnType).Invoke(null, [method, instance])!;
    }

    private static Action Wrap<TResult>(MethodInfo method, object instance)
    {
        Func<TResult> call = method.CreateDelegate<Func<TResult>>(instance);
        return () => call();
    }
}
