using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Rules;
using Engine.Systems.Streams;

namespace Engine.Systems.Evaluate;

/// <summary>
/// <c>monitor-uri</c>: requests for exactly that address are answered here, before any rule, and not logged: 200, or
/// 503 when a <c>monitor fail</c> condition holds (manual section 4.2).
/// </summary>
public static unsafe class AnswerMonitor
{
    /// <summary>True when the request was one of these; it is answered then.</summary>
    public static bool Run(World world, uint row, ref Stream stream, ref Evaluation scope)
    {
        Proxy frontend = scope.Frontend;
        if (stream.Head == null) return false;
        // One that begins with a scheme is compared with what the request line had, as a client of a proxy sends it.
        ReadOnlySpan<byte> wanted = frontend.MonitorUri.Span;
        ByteView asked = wanted.StartsWith((byte)'/') ? stream.Head->PathAndQuery : stream.Head->Target;
        if (!asked.Span.SequenceEqual(wanted)) return false;
        ushort status = 200;
        foreach (Condition condition in frontend.MonitorFailures)
            if (RunRules.Matches(ref scope, condition)) status = 503;
        stream.Flags &= ~StreamFlags.LogDue;
        FailStream.Run(world, row, ref stream, status, 'L', 'R');
        return true;
    }
}
