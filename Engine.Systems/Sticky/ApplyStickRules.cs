using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Sticky;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Persist;
using Engine.Systems.Rules;
using Engine.Systems.Samples;

namespace Engine.Systems.Sticky;

/// <summary>
/// <c>stick</c> lines of a backend (manual section 4.2): entries give requests their server, behind <c>use-server</c> and
/// cookies; when the server answers, it is written under the keys that the rules made.
/// </summary>
public static unsafe class ApplyStickRules
{
    /// <summary>The request goes to look for a server.</summary>
    public static void OfRequest(World world, uint row, ref Stream stream, ref Evaluation scope)
    {
        ref StoredKeys keys = ref world.StoredKeys[row];
        foreach (StickRule rule in scope.Backend!.StickRules)
        {
            if (rule.Stores && keys.Has(rule.Table, 0)) continue;
            int mark = scope.Scratch.Used;
            if (TryKey(ref scope, rule, out ByteView key))
            {
                StickTable table = world.Shared.StickTables[rule.Table];
                if (rule.Matches) Match(world, row, ref stream, table, key.Span);
                if (rule.Stores) keys.TryAdd(rule.Table, key.Span, world.Configuration.StoredKeysSize);
            }
            scope.Scratch.Rewind(mark);
        }
    }

    /// <summary>The server answers: keys of request and response are stored.</summary>
    public static void OfResponse(World world, uint row, ref Stream stream, ref Evaluation scope)
    {
        ref StoredKeys keys = ref world.StoredKeys[row];
        int ofRequest = keys.End;
        foreach (StickRule rule in scope.Backend!.StickResponseRules)
        {
            if (keys.Has(rule.Table, ofRequest)) continue;
            int mark = scope.Scratch.Used;
            if (TryKey(ref scope, rule, out ByteView key))
                keys.TryAdd(rule.Table, key.Span, world.Configuration.StoredKeysSize);
            scope.Scratch.Rewind(mark);
        }
        if (keys.Count > 0) Store(world, row, in stream);
    }

    /// <summary>The server is there and nothing of its answer is looked at: keys of the request are stored.</summary>
    public static void OfConnection(World world, uint row, in Stream stream)
    {
        if (world.StoredKeys[row].Count > 0 && world.Configuration.Proxies[stream.Backend].StickResponseRules.Length == 0)
            Store(world, row, in stream);
    }

    private static bool TryKey(ref Evaluation scope, StickRule rule, out ByteView key)
    {
        key = default;
        if (rule.Condition is { } condition && !RunRules.Matches(ref scope, condition)) return false;
        Sample sample = default;
        return EvaluateExpression.Run(ref scope, rule.Expression, ref sample)
            && StickKey.TryMake(ref scope, scope.Configuration.StickTables[rule.Table], ref sample, out key);
    }

    private static void Match(World world, uint row, ref Stream stream, StickTable table, ReadOnlySpan<byte> key)
    {
        uint entry = table.Find(key, world.NowMs);
        if (entry == StickTable.None) return;
        if ((stream.Flags & StreamFlags.Direct) == 0)
        {
            table.Lock(entry);
            uint text = table.Counter(entry, StickData.ServerKey);
            int id = (int)table.Counter(entry, StickData.ServerId);
            table.Unlock(entry, touch: false, world.NowMs);
            int server = FindStickServer.Run(world, stream.Backend, table.Settings, text, id);
            if (server >= 0 && PickPersistent.MayTake(world, server, OverrideOf(world, row, in stream)))
            {
                if ((stream.Flags & StreamFlags.HasPersistence) == 0) ServerRules.Begin(ref world.Persistence[row], ref stream);
                world.Persistence[row].Server = server;
                stream.Flags |= StreamFlags.Direct;
            }
        }
        table.Release(entry, touch: true, world.NowMs);
    }

    private static PersistenceOverride OverrideOf(World world, uint row, in Stream stream) =>
        (stream.Flags & StreamFlags.HasPersistence) == 0 ? PersistenceOverride.None : world.Persistence[row].Override;

    private static void Store(World world, uint row, in Stream stream)
    {
        ref StoredKeys keys = ref world.StoredKeys[row];
        if (stream.ServerNumber >= 0 && !world.Configuration.Servers[stream.ServerNumber].NonStick)
        {
            Server server = world.Configuration.Servers[stream.ServerNumber];
            for (int at = 0; keys.TryNext(ref at, out int number, out ReadOnlySpan<byte> key);)
            {
                StickTable table = world.Shared.StickTables[number];
                uint entry = table.FindOrAdd(key, world.NowMs, out _);
                if (entry == StickTable.None) continue;
                uint text = FindStickServer.TextOf(world, table.Settings, server);
                table.Lock(entry);
                table.Counter(entry, StickData.ServerId) = (uint)server.Id;
                table.Counter(entry, StickData.ServerKey) = text;
                table.Unlock(entry, touch: true, world.NowMs);
                table.Release(entry, touch: false, world.NowMs);
            }
        }
        keys.Forget();
    }
}
