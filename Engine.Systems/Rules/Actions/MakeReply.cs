using Engine.Data.Messages;
using Engine.Data.Rules;
using Engine.Data.Samples;
using Engine.Data.Streams;
using Engine.Systems.Streams;

namespace Engine.Systems.Rules.Actions;

/// <summary>Turns a reply's description into the bytes of the verdict.</summary>
internal static unsafe class MakeReply
{
    /// <summary>
    /// The reply that ends the exchange, where a rule goes on from: its expressions see how it ends
    /// (<c>txn.sess_term_state</c>).
    /// </summary>
    /// <param name="scope">What the rule sees.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="verdict">The rule's.</param>
    /// <param name="cause">First character of the termination state.</param>
    public static bool End(ref Evaluation scope, HttpReply reply, ref RuleVerdict verdict, char cause)
    {
        ref StreamLog log = ref *scope.Log;
        (byte Cause, byte State) before = (log.EndCause, log.EndState);
        FailStream.SetEnd(ref log, cause, verdict.IsTarpit ? 'T' : scope.InResponse ? 'H' : 'R');
        if (TryRun(ref scope, reply, ref verdict)) return false;
        (log.EndCause, log.EndState) = before;
        return EditedHead.Fail(ref scope, ref verdict);
    }

    /// <summary>False when they do not fit.</summary>
    public static bool TryRun(ref Evaluation scope, HttpReply reply, ref RuleVerdict verdict)
    {
        verdict.Status = reply.Status;
        verdict.Close = reply.Closes;
        if (reply.IsErrorReply) return true;
        if (reply.File is { } file)
        {
            verdict.ReplyHead = file.HeadOf(ConnectionSaid.Nothing);
            verdict.ReplyBody = file.Body;
            verdict.Verbatim = file.IsEmpty;
            return true;
        }
        verdict.ReplyBody = reply.Body;
        if (!reply.ReadyHead.IsEmpty)
        {
            verdict.ReplyHead = reply.ReadyHead;
            return true;
        }
        if (reply.BodyFormat is not null && !MakeText.TryRun(ref scope, reply.BodyFormat, out verdict.ReplyBody))
            return false;
        return TryHead(ref scope, reply, ref verdict);
    }

    private static bool TryHead(ref Evaluation scope, HttpReply reply, ref RuleVerdict verdict)
    {
        // Values are made first and stand before the head in the scratch area.
        ByteView* values = stackalloc ByteView[reply.FieldValues.Length];
        for (int i = 0; i < reply.FieldValues.Length; i++)
        {
            if (!MakeText.TryRun(ref scope, reply.FieldValues[i], out values[i])) return false;
        }
        TextBuilder head = new(scope.Scratch.Free);
        head.Add(reply.StatusLine);
        for (int i = 0; i < reply.FieldValues.Length; i++)
        {
            // A field that came out empty is left out.
            if (values[i].IsEmpty) continue;
            head.Add(reply.FieldNames[i]);
            head.Add(values[i]);
            head.Add("\r\n"u8);
        }
        head.Add("content-length: "u8);
        head.AddNumber((ulong)verdict.ReplyBody.Length);
        head.Add("\r\n"u8);
        head.Add(reply.HeadEnd);
        return head.TryCommit(ref scope.Scratch, out verdict.ReplyHead);
    }
}
