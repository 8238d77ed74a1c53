using System;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Data.Worlds;
using Engine.Systems.Evaluate;
using Engine.Systems.Rules.Actions;

namespace Engine.Systems.Connect;

/// <summary>
/// <c>redir</c> (manual section 5.2): GET and HEAD are not forwarded, the client is sent to the server itself. The request
/// had a slot of the server like any other, and gives it back with the answer.
/// </summary>
public static unsafe class RedirectToServer
{
    /// <summary>Whether the request is answered by a redirect. A request whose head was sent before is forwarded.</summary>
    public static bool Applies(ref Stream stream, Server server) =>
        !server.RedirectPrefix.IsEmpty && stream.Head != null && stream.Method is Method.Get or Method.Head
        && (stream.Flags & StreamFlags.Tcp) == 0;

    public static void Run(World world, uint row, ref Stream stream, Server server)
    {
        BuildScope.Run(world, row, ref stream, out Evaluation scope);
        RuleVerdict verdict = new() { Kind = RuleVerdictKind.Failed };
        TextBuilder head = new(scope.Scratch.Free);
        head.Add("HTTP/1.1 302 Found\r\ncache-control: no-cache\r\ncontent-length: 0\r\nlocation: "u8);
        // Prefix "/" means: nothing before the target as it came.
        if (!server.RedirectPrefix.Span.SequenceEqual("/"u8)) head.Add(server.RedirectPrefix);
        ByteView target = stream.Head->PathAndQuery;
        head.Add(target.Length > 0 && target.Start[0] == '/' ? target.Span : "/"u8);
        head.Add("\r\n\r\n"u8);
        if (head.TryCommit(ref scope.Scratch, out verdict.ReplyHead))
        {
            verdict.Kind = RuleVerdictKind.Answer;
            verdict.Status = 302;
        }
        EndByRule.Run(world, row, ref stream, verdict, 'C');
    }
}
