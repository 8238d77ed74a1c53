using System;
using System.Globalization;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Which descriptors <c>show fd</c> shows: <c>[-!plcfbs]* [[tgid]/[fd] | fd]</c>.</summary>
internal sealed class DescriptorFilter
{
    /// <summary>The one that is asked for; -1: all.</summary>
    public int Fd { get; private set; } = -1;

    public bool Listeners { get; private set; } = true;

    public bool Clients { get; private set; } = true;

    public bool Servers { get; private set; } = true;

    /// <summary>Null: a word is neither letters nor a number.</summary>
    public static DescriptorFilter? Read(ReadOnlySpan<string> words)
    {
        DescriptorFilter filter = new();
        bool chosen = false;
        foreach (string word in words)
        {
            string number = word[(word.IndexOf('/', StringComparison.Ordinal) + 1)..];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int fd)) filter.Fd = fd;
            else if (word.EndsWith('/')) continue;
            else if (!filter.Choose(word, ref chosen)) return null;
        }
        return filter;
    }

    private bool Choose(string word, ref bool chosen)
    {
        bool shown = true;
        foreach (char c in word)
        {
            if (c is '-' or '!')
            {
                shown = !shown;
                continue;
            }
            if (!chosen) Listeners = Clients = Servers = !shown; // the first letter says from what is begun
            chosen = true;
            switch (c)
            {
                case 'p':
                    break;
                case 'l':
                    Listeners = shown;
                    break;
                case 'c':
                    Clients = Servers = shown;
                    break;
                case 'f':
                    Clients = shown;
                    break;
                case 'b' or 's':
                    Servers = shown;
                    break;
                default:
                    return false;
            }
        }
        return true;
    }
}
