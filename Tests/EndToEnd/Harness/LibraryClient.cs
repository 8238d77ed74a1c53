using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace Tests.EndToEnd.Harness;

/// <summary>
/// A client that calls OpenSSL itself, for what .NET's own cannot do: sessions taken elsewhere, changes of keys,
/// renegotiation, NPN, key logs. Where the library is missing, the test is skipped.
/// </summary>
public sealed unsafe partial class LibraryClient : IDisposable
{
    private const string Library = "libssl.so.3";
    private const int SetName = 55;
    private const int VersionMin = 123;
    private const int VersionMax = 124;

    private readonly List<string> secrets = [];
    private readonly LineFunction keyLog;
    private readonly Socket socket;
    private readonly nint context;
    private readonly nint ssl;

    /// <param name="port">Where the proxy listens.</param>
    /// <param name="version">0x0303 for TLS 1.2, 0x0304 for 1.3.</param>
    /// <param name="name">The server name to ask for.</param>
    /// <param name="session">One of <see cref="TakeSession"/>, or 0.</param>
    /// <param name="nextProtocol">A protocol to choose by NPN.</param>
    public LibraryClient(int port, int version = 0x0304, string name = "a.test", nint session = 0, string? nextProtocol = null)
    {
        Skip.IfNot(NativeLibrary.TryLoad(Library, out _), $"{Library} is not installed");
        socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect("127.0.0.1", port);
        socket.ReceiveTimeout = socket.SendTimeout = 5_000;
        context = ContextNew(ClientMethod());
        keyLog = (_, line) => secrets.Add(line);
        ContextSetKeyLog(context, keyLog);
        if (nextProtocol is not null)
            ContextSetNextProtocol(context, &ChooseNext, Marshal.StringToHGlobalAnsi($"{(char)nextProtocol.Length}{nextProtocol}"));
        _ = ContextControl(context, VersionMin, version, 0);
        _ = ContextControl(context, VersionMax, version, 0);
        ssl = New(context);
        fixed (byte* text = Encoding.ASCII.GetBytes(name + "\0")) _ = Control(ssl, SetName, 0, (nint)text);
        if (session != 0) Assert.Equal(1, SetSession(ssl, session));
        _ = SetDescriptor(ssl, (int)socket.Handle);
        IsConnected = Connect(ssl) == 1;
    }

    private delegate void LineFunction(nint ssl, [MarshalAs(UnmanagedType.LPStr)] string line);

    /// <summary>The handshake was good, as far as the client sees.</summary>
    public bool IsConnected { get; }

    public bool IsResumed => SessionReused(ssl) == 1;

    /// <summary>The lines of the key log: label, random, secret.</summary>
    public IReadOnlyList<string> Secrets => secrets;

    public string NextProtocol
    {
        get
        {
            byte* name;
            uint length;
            GetNextProtocol(ssl, &name, &length);
            return Encoding.ASCII.GetString(name, (int)length);
        }
    }

    /// <summary>Asks and reads to the end of the connection. Empty when it broke.</summary>
    public string Ask(string request)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(request);
        fixed (byte* start = bytes)
            if (Write(ssl, start, bytes.Length) <= 0) return "";
        StringBuilder answer = new();
        byte[] buffer = new byte[16 * 1024];
        fixed (byte* start = buffer)
        {
            while (Read(ssl, start, buffer.Length) is var count && count > 0)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return answer.ToString();
    }

    /// <summary>Changes the keys and asks the proxy to change its own. False when the connection broke.</summary>
    public bool UpdateKeys() => KeyUpdate(ssl, 1) == 1 && Handshake(ssl) == 1;

    /// <summary>Asks for another handshake within the connection (TLS 1.2). False when it was refused.</summary>
    public bool RenegotiateNow() => Renegotiate(ssl) == 1 && Handshake(ssl) == 1;

    /// <summary>The session so far, for another client; it is never freed.</summary>
    public nint TakeSession() => GetSession(ssl);

    public void Dispose()
    {
        Free(ssl);
        ContextFree(context);
        socket.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static int ChooseNext(nint ssl, byte** chosen, byte* length, byte* offered, uint offeredLength, nint wanted)
    {
        byte* own = (byte*)wanted;
        _ = SelectNext(chosen, length, offered, offeredLength, own, own[0] + 1u);
        return 0;
    }

    [LibraryImport(Library, EntryPoint = "TLS_client_method")]
    private static partial nint ClientMethod();

    [LibraryImport(Library, EntryPoint = "SSL_CTX_new")]
    private static partial nint ContextNew(nint method);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_free")]
    private static partial void ContextFree(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_ctrl")]
    private static partial nint ContextControl(nint context, int command, nint number, nint pointer);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_keylog_callback")]
    private static partial void ContextSetKeyLog(nint context, LineFunction function);

    [LibraryImport(Library, EntryPoint = "SSL_CTX_set_next_proto_select_cb")]
    private static partial void ContextSetNextProtocol(
        nint context, delegate* unmanaged[Cdecl]<nint, byte**, byte*, byte*, uint, nint, int> function, nint argument);

    [LibraryImport(Library, EntryPoint = "SSL_select_next_proto")]
    private static partial int SelectNext(
        byte** chosen, byte* length, byte* offered, uint offeredLength, byte* own, uint ownLength);

    [LibraryImport(Library, EntryPoint = "SSL_get0_next_proto_negotiated")]
    private static partial void GetNextProtocol(nint ssl, byte** name, uint* length);

    [LibraryImport(Library, EntryPoint = "SSL_new")]
    private static partial nint New(nint context);

    [LibraryImport(Library, EntryPoint = "SSL_free")]
    private static partial void Free(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_ctrl")]
    private static partial nint Control(nint ssl, int command, nint number, nint pointer);

    [LibraryImport(Library, EntryPoint = "SSL_set_fd")]
    private static partial int SetDescriptor(nint ssl, int descriptor);

    [LibraryImport(Library, EntryPoint = "SSL_connect")]
    private static partial int Connect(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_read")]
    private static partial int Read(nint ssl, byte* target, int length);

    [LibraryImport(Library, EntryPoint = "SSL_write")]
    private static partial int Write(nint ssl, byte* source, int length);

    [LibraryImport(Library, EntryPoint = "SSL_key_update")]
    private static partial int KeyUpdate(nint ssl, int kind);

    [LibraryImport(Library, EntryPoint = "SSL_do_handshake")]
    private static partial int Handshake(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_renegotiate")]
    private static partial int Renegotiate(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_get1_session")]
    private static partial nint GetSession(nint ssl);

    [LibraryImport(Library, EntryPoint = "SSL_set_session")]
    private static partial int SetSession(nint ssl, nint session);

    [LibraryImport(Library, EntryPoint = "SSL_session_reused")]
    private static partial int SessionReused(nint ssl);
}
