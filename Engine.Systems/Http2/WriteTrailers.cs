using System;
using Engine.Data.Connections;
using Engine.Data.Http2;
using Engine.Data.Messages;
using Engine.Data.Worlds;
using Engine.Systems.Http2.Hpack;
using Engine.Systems.Parse;

namespace Engine.Systems.Http2;

/// <summary>The trailer section of a chunked body becomes a header block that ends the stream (RFC 9113 section 8.1).</summary>
internal static unsafe class WriteTrailers
{
    /// <summary>False when the section is none. Nothing is taken before all of it is there.</summary>
    public static bool Run(
        World world, uint parent, ref Connection connection, ref Connection own, ref Http2Stream stream)
    {
        if (own.Out.IsEmpty) return true;
        if (!JoinHead.Run(world, ref own.Out)) return true;
        ReadOnlySpan<byte> section = own.Out.First(world.Buffers);
        int length = section.IndexOf("\r\n\r\n"u8);
        if (length < 0) return own.Out.Length < world.Configuration.Globals.BufferSize;
        HpackWriter writer = new(world.Http2.Block, world.Http2.BlockSize);
        ReadOnlySpan<byte> lines = section[..(length + 2)];
        while (lines.Length > 0)
        {
            int end = lines.IndexOf("\r\n"u8);
            int colon = lines[..end].IndexOf((byte)':');
            if (colon <= 0) return false;
            ReadOnlySpan<byte> name = lines[..colon];
            writer.Literal(KnownHeaders.Find(name), name, CheckField.Trimmed(lines[(colon + 1)..end]));
            lines = lines[(end + 2)..];
        }
        if (writer.Length < 0) return false;
        WriteFrame.Headers(
            world, parent, ref connection, stream.Id, new ReadOnlySpan<byte>(world.Http2.Block, writer.Length), ends: true);
        own.Out.Consume(world.Buffers, length + 4);
        MuxStream.NoteEnd(ref world.Http2.Connection[parent], ref stream);
        return true;
    }
}
