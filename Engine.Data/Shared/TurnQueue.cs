using System;
using Engine.Data.Tables;

namespace Engine.Data.Shared;

/// <summary>
/// Places of a list by keys, the least first, and of equal keys the one that joined first: a heap whose members know
/// where they stand in it, so that any can leave.
/// </summary>
internal sealed class TurnQueue
{
    private struct Member
    {
        public long Key;
        public uint Ticket;
        public int Place;
    }

    private Member[] heap = [];

    /// <summary>By place: where it stands in the heap, -1 when it does not.</summary>
    private int[] standing = [];

    private int count;
    private uint tickets;

    /// <summary>The first place, -1 for none.</summary>
    public int First => count > 0 ? heap[0].Place : -1;

    public bool Holds(int place) => standing[place] >= 0;

    /// <summary>Makes room for so many places.</summary>
    public void Reserve(int places)
    {
        int before = standing.Length;
        if (places <= before) return;
        Array.Resize(ref heap, places);
        Array.Resize(ref standing, places);
        standing.AsSpan(before).Fill(-1);
    }

    public void Add(int place, long key)
    {
        Check.That(!Holds(place));
        Rise(count++, new Member { Key = key, Ticket = tickets++, Place = place });
    }

    /// <summary>Takes a place out, if it is in.</summary>
    public void Remove(int place)
    {
        int at = standing[place];
        if (at < 0) return;
        standing[place] = -1;
        Member last = heap[--count];
        if (at == count) return;
        if (at > 0 && IsBefore(last, heap[(at - 1) / 2])) Rise(at, last);
        else Sink(at, last);
    }

    private void Rise(int at, Member member)
    {
        while (at > 0)
        {
            int above = (at - 1) / 2;
            if (!IsBefore(member, heap[above])) break;
            Set(at, heap[above]);
            at = above;
        }
        Set(at, member);
    }

    private void Sink(int at, Member member)
    {
        while (true)
        {
            int below = (2 * at) + 1;
            if (below >= count) break;
            if (below + 1 < count && IsBefore(heap[below + 1], heap[below])) below++;
            if (!IsBefore(heap[below], member)) break;
            Set(at, heap[below]);
            at = below;
        }
        Set(at, member);
    }

    private void Set(int at, in Member member)
    {
        heap[at] = member;
        standing[member.Place] = at;
    }

    /// <summary>Tickets go round: what counts is which is behind the other.</summary>
    private static bool IsBefore(in Member a, in Member b) =>
        a.Key < b.Key || (a.Key == b.Key && (int)(a.Ticket - b.Ticket) < 0);
}
