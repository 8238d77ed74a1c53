using System;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// All header fields of a message as a binary list (manual section 7.3.6): name and value in turn, each behind its length, and
/// an empty name with an empty value at the end. A list that does not fit into the scratch space is not there.
/// </summary>
internal static unsafe class HeaderListFetches
{
    /// <summary>Bytes that a length can take: more than 32 bits need.</summary>
    private const int LengthBytes = 6;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Fetches.Add(new("req.hdrs_bin", ArgumentSpec.None, SampleType.Binary, SamplePlaces.Request, &OfRequest));
        Words.Fetches.Add(new("res.hdrs_bin", ArgumentSpec.None, SampleType.Binary, SamplePlaces.ResponseHead, &OfResponse));
    }

    private static bool OfRequest(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        List(ref scope, scope.Request, ref sample);

    private static bool OfResponse(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        List(ref scope, scope.Response, ref sample);

    private static bool List(ref Evaluation scope, MessageHead* head, ref Sample sample)
    {
        if (head == null) return false;
        Span<byte> free = scope.Scratch.Free;
        int at = 0;
        foreach (ref HeaderField field in MessageHead.Fields(head))
        {
            if (field.Removed) continue;
            if (free.Length - at < field.NameLength + field.ValueLength + (2 * LengthBytes)) return false;
            at += WriteLength(free[at..], (uint)field.NameLength);
            Ascii.ToLower(field.NameSpan, free[at..], out int _);
            at += field.NameLength;
            at += WriteLength(free[at..], (uint)field.ValueLength);
            field.ValueSpan.CopyTo(free[at..]);
            at += field.ValueLength;
        }
        if (free.Length - at < 2) return false;
        free.Slice(at, 2).Clear();
        sample.SetBinary(scope.Scratch.Commit(at + 2));
        return true;
    }

    /// <summary>The variable integers of SPOE: one byte below 240; else four bits of the rest in the first, seven in each other.</summary>
    internal static int WriteLength(Span<byte> target, uint value)
    {
        if (value < 240)
        {
            target[0] = (byte)value;
            return 1;
        }
        target[0] = (byte)(value | 240);
        value = (value - 240) >> 4;
        int at = 1;
        while (value >= 128)
        {
            target[at++] = (byte)(value | 128);
            value = (value - 128) >> 7;
        }
        target[at++] = (byte)value;
        return at;
    }
}
