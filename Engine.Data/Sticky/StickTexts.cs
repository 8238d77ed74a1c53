using System.Collections.Generic;
using System.Threading;

namespace Engine.Data.Sticky;

/// <summary>Names of servers that entries refer to by number; a number keeps its text as long as the process lives.</summary>
public sealed class StickTexts
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, uint> numbers = [];
    private readonly List<string> texts = [""];

    /// <summary>The number of a text, never 0.</summary>
    public uint NumberOf(string text)
    {
        lock (gate)
        {
            if (numbers.TryGetValue(text, out uint number)) return number;
            number = (uint)texts.Count;
            texts.Add(text);
            numbers.Add(text, number);
            return number;
        }
    }

    /// <summary>The text of a number; empty for 0 and for numbers never given.</summary>
    public string TextOf(uint number)
    {
        lock (gate) return number < texts.Count ? texts[(int)number] : "";
    }
}
