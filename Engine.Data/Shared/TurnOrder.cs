using System;

namespace Engine.Data.Shared;

/// <summary>
/// Whose turn it is among weighted servers, in the order that HAProxy gives the same weights, whatever changes meanwhile.
/// <para>
/// A round has as many turns as the weights sum up to. A server begins its round in a turn that nobody is due in, heavy
/// ones first; then it is due again every sum/weight turns, a remainder adding up until it makes a turn. Who would be due
/// behind the round's end waits for the next one. Turns pass for those too that are passed over.
/// </para>
/// Used under <see cref="Lock"/>. Places are those in <see cref="Servers"/>; a turn costs a few steps per doubling of their number.
/// </summary>
public sealed class TurnOrder
{
    /// <summary>A weight of 1 in the units here; less while a server warms up.</summary>
    private const int WeightUnit = 16;

    /// <summary>The heaviest there is.</summary>
    private const int WeightMax = 256 * WeightUnit;

    public ShortLock Lock;

    /// <summary>Place behind the one found by a look around, when all whose turn it was were full.</summary>
    public int LookFrom;

    private struct Standing
    {
        /// <summary>In sixteenths; 0: it has no turns.</summary>
        public int Weight;

        /// <summary>Of the turns up to its next one, in parts of its weight.</summary>
        public int Remainder;

        /// <summary>Turn it is due in.</summary>
        public long Due;
    }

    private Standing[] standings = [];
    private TurnQueue waiting = new();
    private TurnQueue nextRound = new();
    private readonly TurnQueue due = new();

    /// <summary>Turns of this round; it lasts from the turn of this number to the one of twice this number.</summary>
    private long round;

    private long now;

    /// <summary>Sum of the weights as they are now.</summary>
    private long sum;

    /// <summary>Numbers of the servers by place.</summary>
    public int[] Servers { get; private set; } = [];

    /// <summary>Adds a server without a weight.</summary>
    /// <returns>Its place.</returns>
    public int Add(int number)
    {
        int place = Array.IndexOf(Servers, number); // one that was removed may come back under its number
        if (place >= 0) return place;
        place = Servers.Length;
        Reserve([.. Servers, number]);
        return place;
    }

    /// <summary>Begins with these servers, all without weight.</summary>
    public void Reserve(int[] numbers)
    {
        Servers = numbers;
        Array.Resize(ref standings, numbers.Length);
        waiting.Reserve(numbers.Length);
        nextRound.Reserve(numbers.Length);
        due.Reserve(numbers.Length);
    }

    /// <summary>Gives a server its weight before the first turn.</summary>
    public void Begin(int place, int weight)
    {
        standings[place].Weight = weight;
        if (weight == 0) return;
        sum += weight;
        round = now = sum;
        waiting.Add(place, WeightMax - weight);
    }

    /// <summary>It has another weight from now on, 0 when it takes no requests.</summary>
    public void SetWeight(int place, int weight)
    {
        ref Standing server = ref standings[place];
        if (server.Weight == weight) return;
        sum += weight - server.Weight;
        if (waiting.Holds(place)) server.Remainder = 0;
        Leave(place);
        server.Weight = weight;
        if (weight == 0) return;
        long left = sum + round - now;
        server.Due = left < 0 ? 2 * round : now + (left / weight);
        Queue(place);
    }

    /// <summary>Whose turn it is. The turn is over and its place out of the order until it is put back.</summary>
    /// <param name="roundEnded">A new round may begin once in a choice; then this is true.</param>
    /// <returns>A place; -1: all were taken, or none has a weight.</returns>
    public int Take(ref bool roundEnded)
    {
        if (round == 0) round = now = sum;
        int place = Next();
        if (place < 0)
        {
            if (roundEnded) return -1;
            roundEnded = true;
            (waiting, nextRound) = (nextRound, waiting);
            round = now = sum;
            place = Next();
            if (place < 0) return -1;
        }
        Pass(ref standings[place]);
        Leave(place);
        now++;
        return place;
    }

    /// <summary>Back into the order after its turn.</summary>
    public void PutBack(int place) => Queue(place);

    /// <summary>Back without a turn in a round that began meanwhile.</summary>
    public void PutBackWaiting(int place) => waiting.Add(place, WeightMax - standings[place].Weight);

    private int Next()
    {
        int first = due.First;
        if (first >= 0 && standings[first].Due <= now) return first;
        int heaviest = waiting.First;
        if (heaviest < 0) return first;
        standings[heaviest].Due = standings[heaviest].Remainder = 0;
        return heaviest;
    }

    /// <summary>When it is due again.</summary>
    private void Pass(ref Standing server)
    {
        if (server.Due == 0) server.Due = now;
        server.Due += sum / server.Weight;
        server.Remainder += (int)(sum % server.Weight);
        if (server.Remainder < server.Weight) return;
        server.Remainder -= server.Weight;
        server.Due++;
    }

    private void Leave(int place)
    {
        due.Remove(place);
        waiting.Remove(place);
        nextRound.Remove(place);
    }

    private void Queue(int place)
    {
        ref Standing server = ref standings[place];
        if (server.Due >= 2 * round || server.Due >= round + sum)
        {
            server.Due -= round;
            nextRound.Add(place, WeightMax - server.Weight);
            return;
        }
        // Of those due in one turn the one with the least left of it, and then the heaviest.
        due.Add(place, (server.Due * 256) + ((WeightMax + server.Remainder - server.Weight) / WeightUnit));
    }
}
