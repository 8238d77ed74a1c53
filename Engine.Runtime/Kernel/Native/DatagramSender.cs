using System.Runtime.InteropServices;
using Engine.Data.Kernel;
using Engine.Data.Tables;

namespace Engine.Runtime.Kernel.Native;

/// <summary>
/// Sends the datagrams of one operation to a connected socket without ever waiting: what does not fit is
/// dropped.
/// </summary>
internal static unsafe class DatagramSender
{
    /// <summary>Messages a system call takes.</summary>
    private const int CallMax = 64;

    /// <summary>Failures after which the target counts as gone and the rest is dropped.</summary>
    private const int FailuresMax = 8;

    /// <summary>Returns how many were sent; <see cref="Datagram.Sent"/> tells which.</summary>
    public static int Run(int fd, Datagram* datagrams, uint count)
    {
        Check.That(sizeof(Datagram) == sizeof(IoVector));
        SentMessage* messages = stackalloc SentMessage[CallMax];
        int sent = 0;
        int failures = 0;
        for (uint i = 0; i < count; i++) datagrams[i].Sent = 0;
        for (uint next = 0; next < count;)
        {
            uint part = count - next < CallMax ? count - next : CallMax;
            for (uint i = 0; i < part; i++)
            {
                // A datagram not sent yet is a struct iovec: the zero of Sent is the upper half of its
                // length.
                messages[i] = default;
                messages[i].Header.Vectors = (IoVector*)(datagrams + next + i);
                messages[i].Header.VectorCount = 1;
            }
            int result = Libc.Value(Libc.SendMessages(
                fd, messages, part, Linux.MessageDontWait | Linux.MessageNoSignal));
            for (int i = 0; i < result; i++) datagrams[next + (uint)i].Sent = 1;
            if (result > 0)
            {
                sent += result;
                next += (uint)result;
                continue;
            }
            // Full: the rest would be refused as well.
            if (result is -Errno.Again or -Errno.NoBuffers || ++failures > FailuresMax) break;
            // Refused: what an earlier message earned (ICMP port unreachable), taken from the socket by this
            // call. This one may go. Else it is this one that cannot be sent.
            if (result != -Errno.ConnectionRefused) next++;
        }
        return sent;
    }

    /// <summary>struct mmsghdr: the header and, in its last 8 bytes, what the kernel says was sent.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct SentMessage
    {
        public MessageHeader Header;
    }
}
