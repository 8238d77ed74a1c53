using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Benchmarks.Load;

/// <summary>The request that a load run repeats, head and body in one native block.</summary>
internal sealed unsafe class RequestBytes : IDisposable
{
    public RequestBytes(LoadPlan plan)
    {
        string method = plan.UploadBytes > 0 ? "POST" : "GET";
        byte[] head = Encoding.ASCII.GetBytes(
            $"{method} /{plan.BodyBytes} HTTP/1.1\r\nHost: 127.0.0.1:{plan.Port}\r\n"
            + (plan.UploadBytes > 0 ? $"Content-Length: {plan.UploadBytes}\r\n" : string.Empty)
            + (plan.Kind == LoadKind.PerRequest ? "Connection: close\r\n" : string.Empty)
            + "\r\n");
        Length = head.Length + plan.UploadBytes;
        Bytes = (byte*)NativeMemory.Alloc((nuint)Length);
        head.CopyTo(new Span<byte>(Bytes, head.Length));
        OriginPage.FillBody(new Span<byte>(Bytes + head.Length, plan.UploadBytes), 0);
    }

    public byte* Bytes { get; }

    public long Length { get; }

    public void Dispose() => NativeMemory.Free(Bytes);
}
