using System;
using System.Buffers.Binary;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Samples;

namespace Engine.Systems.Balance;

/// <summary>The number that a request's server is chosen by (manual section 4.2, <c>balance</c>).</summary>
internal static unsafe class KeyHash
{
    /// <summary>False: the request has no such key.</summary>
    public static bool TryFind(World world, Proxy backend, uint row, ref Stream stream, out uint hash)
    {
        hash = 0;
        switch (backend.Balance)
        {
            case BalanceAlgorithm.Source:
                hash = OfAddress(world.Client[stream.Client].Source.AddressBytes);
                if (backend.Hash.Avalanche) hash = Hashes.Mix(hash);
                return true;
            case BalanceAlgorithm.Uri:
                if (stream.Head == null) return false;
                hash = Of(backend, PartOf(stream.Head, backend.BalanceKey!));
                return true;
            default:
                return OfSample(world, backend, row, ref stream, out hash);
        }
    }

    private static uint Of(Proxy backend, ReadOnlySpan<byte> key)
    {
        uint hash = Hashes.Of(backend.Hash.Function, key);
        return backend.Hash.Avalanche ? Hashes.Mix(hash) : hash;
    }

    private static bool OfSample(World world, Proxy backend, uint row, ref Stream stream, out uint hash)
    {
        hash = 0;
        BalanceKey key = backend.BalanceKey!;
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        scope.Request = stream.Head;
        scope.Scratch = new Scratch(world.LineScratch, world.Heads.ScratchSize); // the head's own holds what rules made
        Sample sample = default;
        if (!EvaluateExpression.Run(ref scope, key.Expression!, ref sample)
            && !(stream.Method == Method.Post && key.BodyExpression is { } body && EvaluateExpression.Run(ref scope, body, ref sample)))
        {
            return false;
        }
        if (sample.Type == SampleType.Integer && backend.Hash.Function == HashFunction.None)
        {
            hash = (uint)sample.Integer;
            if (backend.Hash.Avalanche) hash = Hashes.Mix(hash);
            return true;
        }
        if (sample.Type != SampleType.Binary && !CastSample.Run(ref scope, ref sample, SampleType.Binary)) return false;
        ReadOnlySpan<byte> bytes = sample.Bytes.Span;
        hash = Of(backend, key.DomainOnly ? DomainOf(bytes) : bytes);
        return true;
    }

    private static uint OfAddress(ReadOnlySpan<byte> address)
    {
        uint hash = 0;
        for (int i = 0; i + 4 <= address.Length; i += 4) hash ^= BinaryPrimitives.ReadUInt32BigEndian(address[i..]);
        return hash;
    }

    private static ReadOnlySpan<byte> PartOf(MessageHead* head, BalanceKey key)
    {
        ReadOnlySpan<byte> target = key.PathOnly ? head->PathAndQuery.Span : head->Target.Span;
        if (key.Length > 0 && target.Length > key.Length) target = target[..key.Length];
        int slashes = 0;
        for (int i = 0; i < target.Length; i++)
        {
            bool ends = target[i] == (byte)'/'
                ? key.Depth > 0 && ++slashes > key.Depth
                : target[i] == (byte)'?' && !key.Whole;
            if (ends) return target[..i];
        }
        return target;
    }

    /// <summary>The label before the last one: of <c>www.example.com</c> it is <c>example</c>.</summary>
    private static ReadOnlySpan<byte> DomainOf(ReadOnlySpan<byte> host)
    {
        int end = host.LastIndexOf((byte)'.');
        if (end < 0) return host;
        return host[(host[..end].LastIndexOf((byte)'.') + 1)..end];
    }
}
