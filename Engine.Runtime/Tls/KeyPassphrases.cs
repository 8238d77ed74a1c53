using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Engine.Data.Tls;

namespace Engine.Runtime.Tls;

/// <summary>
/// Passphrases of encrypted keys, which the program of <c>ssl-passphrase-cmd</c> prints (manual section 3.1). Those that
/// it has printed are tried before it is asked again.
/// </summary>
internal sealed unsafe class KeyPassphrases
{
    /// <summary>PEM_BUFSIZE: the library takes no longer one, bytes.</summary>
    private const int LengthMax = 1024;

    private static byte[]? tried;
    private static bool wasAsked;

    private readonly List<byte[]> known = [];

    /// <summary>The program and its arguments; empty: encrypted keys are refused.</summary>
    public string[] Command { get; set; } = [];

    /// <summary>The key of a PEM text, decrypted where it must be; 0 for none, and the library's errors.</summary>
    /// <param name="content">The text.</param>
    /// <param name="path">The file it is of, which the program is told.</param>
    /// <param name="alert">Where is told why there is no passphrase.</param>
    public nint ReadKey(byte[] content, string path, Action<string>? alert)
    {
        nint key = Try(content, null);
        if (key != 0 || !wasAsked) return key;
        if (Command.Length == 0)
        {
            alert?.Invoke("Trying to load a passphrase-protected private key without an 'ssl-passphrase-cmd' defined.");
            return 0;
        }
        foreach (byte[] passphrase in known)
            if ((key = Try(content, passphrase)) != 0) return key;
        if (Ask(path, alert) is not { } answer) return 0;
        key = Try(content, answer);
        if (key != 0) known.Add(answer);
        return key;
    }

    private static nint Try(byte[] content, byte[]? passphrase)
    {
        tried = passphrase;
        wasAsked = false;
        OpenSsl.ErrorsClear();
        delegate* unmanaged[Cdecl]<byte*, int, int, nint, int> answer = &Answer;
        nint key = CertificateLoader.ReadKey(content, (nint)answer);
        tried = null;
        return key;
    }

    /// <summary>Password function of the library. It is called while files are read, by one thread.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Answer(byte* buffer, int size, int writing, nint argument)
    {
        wasAsked = true;
        if (tried is not { } passphrase || passphrase.Length > size) return -1;
        passphrase.CopyTo(new Span<byte>(buffer, size));
        return passphrase.Length;
    }

    /// <summary>All that the program prints; null when it cannot be run or fails.</summary>
    private byte[]? Ask(string path, Action<string>? alert)
    {
        int code = 1;
        ProcessStartInfo start = new(Command[0]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(path);
        foreach (string argument in Command.AsSpan(1)) start.ArgumentList.Add(argument);
        try
        {
            using System.Diagnostics.Process program = System.Diagnostics.Process.Start(start)!;
            using MemoryStream printed = new();
            program.StandardOutput.BaseStream.CopyTo(printed);
            program.WaitForExit();
            code = program.ExitCode;
            if (code == 0 && printed.Length <= LengthMax) return printed.ToArray();
        }
        catch (Win32Exception)
        {
        }
        alert?.Invoke($"ssl_sock_passwd_cb: external tool error ({code})");
        return null;
    }
}
