using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Rules.Actions;
using Engine.Systems.Streams;

namespace Engine.Systems.Evaluate;

/// <summary>Answers of <c>http-error</c> lines, made of the exchange that went wrong (manual section 4.2).</summary>
public static unsafe class MadeErrors
{
    /// <summary>Answers a client that can still be told, where its backend or frontend says how. False: neither does.</summary>
    /// <param name="world">The thread's world.</param>
    /// <param name="row">Row of the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="status">What went wrong.</param>
    /// <param name="keepAlive">The connection may go on.</param>
    public static bool TryAnswer(World world, uint row, ref Stream stream, int status, bool keepAlive)
    {
        if (Find(world.Configuration, in stream, status) is not { } reply) return false;
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        if (!scope.InResponse) scope.Request = stream.Head;
        RuleVerdict verdict = default;
        if (!MakeReply.TryRun(ref scope, reply, ref verdict)) return false;
        stream.Status = verdict.Status;
        if (!keepAlive || verdict.Close) stream.Flags &= ~StreamFlags.ClientKeepAlive;
        ByteView body = (stream.Flags & StreamFlags.HeadRequest) != 0 ? default : verdict.ReplyBody;
        if (verdict.Verbatim) FailStream.Run(world, row, ref stream, 0, '-', '-');
        else WriteReply.Run(world, row, ref stream, verdict.ReplyHead, body, copies: reply.BodyFormat is not null);
        return true;
    }

    /// <summary>The backend's, or else the frontend's. A whole message of either goes before what another would make.</summary>
    private static HttpReply? Find(CompiledConfiguration configuration, in Stream stream, int status)
    {
        if (stream.Backend >= 0)
        {
            ErrorReplies own = configuration.Proxies[stream.Backend].Errors;
            if (own.FindMade(status) is { } made) return Unsafe.As<HttpReply>(made);
            if (own.Find(status) is not null) return null;
        }
        return configuration.Proxies[stream.Frontend].Errors.FindMade(status) is { } other ? Unsafe.As<HttpReply>(other) : null;
    }
}
