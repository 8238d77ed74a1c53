using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Benchmarks.Simulation;

/// <summary>Puts together what a script sends.</summary>
internal sealed class WireWriter
{
    private readonly MemoryStream wire = new();

    public int Length => (int)wire.Length;

    public void Text(string text) => wire.Write(Encoding.Latin1.GetBytes(text));

    public void Bytes(int id, int direction, long offset, int count)
    {
        byte[] bytes = new byte[count];
        Pattern.Fill(bytes, id, direction, offset);
        wire.Write(bytes);
    }

    /// <summary>Chunks of at most a size, without the last one; sizes differ from chunk to chunk.</summary>
    public void Chunks(int id, int direction, int count, int chunkMax)
    {
        int offset = 0;
        for (int number = 0; offset < count; number++)
        {
            int size = Math.Min(count - offset, number % 2 == 0 ? chunkMax : Math.Max(1, chunkMax / 2));
            Text(size.ToString(number % 3 == 0 ? "X" : "x4", CultureInfo.InvariantCulture));
            Text(number % 5 == 4 ? ";name=value\r\n" : "\r\n");
            Bytes(id, direction, offset, size);
            Text("\r\n");
            offset += size;
        }
    }

    public byte[] ToArray() => wire.ToArray();
}
