using System;
using System.Runtime.CompilerServices;
using System.Threading;
using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Shared;

namespace Engine.Systems.Samples.Converters;

/// <summary>Proxies by names that are made at run time (manual section 7.3.1).</summary>
internal static unsafe class LookupConverters
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add("fe_exists", SampleType.Boolean, &FrontendExists);
        Add("nbsrv", SampleType.Integer, &UsableServers);
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> convert) =>
        Words.Converters.Add(new(word, ArgumentSpec.None, SampleType.String, output, convert));

    private static bool FrontendExists(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        bool exists = false;
        foreach (Proxy proxy in scope.Configuration.Proxies)
        {
            exists |= (proxy.Capabilities & ProxyCapabilities.Frontend) != 0
                && proxy.NameBytes.Span.SequenceEqual(sample.Bytes.Span);
        }
        sample.SetBoolean(exists);
        return true;
    }

    private static bool UsableServers(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Shared is null || FindBackend(ref scope, sample.Bytes.Span) is not { } backend) return false;
        int usable = 0;
        foreach (int number in backend.Servers)
        {
            ref SharedServer server = ref scope.Shared!.Server(number);
            if (Volatile.Read(ref server.Running) != 0 && Volatile.Read(ref server.Weight) > 0) usable++;
        }
        sample.SetInteger(usable);
        return true;
    }

    private static Proxy? FindBackend(ref Evaluation scope, ReadOnlySpan<byte> name)
    {
        int number = scope.Configuration.BackendNames?.Find(name) ?? -1;
        return number < 0 ? null : scope.Configuration.Proxies[number];
    }
}
