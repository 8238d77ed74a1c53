using System;
using System.Runtime.InteropServices;

namespace Engine.Runtime.Process.Native;

/// <summary>A null-terminated list of texts as exec takes it; the memory is freed with it.</summary>
internal readonly unsafe ref struct NativeTextList
{
    public NativeTextList(byte[][] texts)
    {
        Pointers = (byte**)NativeMemory.AllocZeroed((nuint)(texts.Length + 1) * (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Length; i++)
        {
            Pointers[i] = (byte*)NativeMemory.Alloc((nuint)texts[i].Length);
            texts[i].CopyTo(new Span<byte>(Pointers[i], texts[i].Length));
        }
    }

    public byte** Pointers { get; }

    public void Dispose()
    {
        for (byte** text = Pointers; *text != null; text++) NativeMemory.Free(*text);
        NativeMemory.Free(Pointers);
    }
}
