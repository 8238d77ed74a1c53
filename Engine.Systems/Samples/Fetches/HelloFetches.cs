using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Engine.Data.Buffers;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;

namespace Engine.Systems.Samples.Fetches;

/// <summary>What a TLS client says first, where it is passed on unopened (manual section 7.3.5).</summary>
internal static unsafe class HelloFetches
{
    private const int ServerNameExtension = 0;
    private const int GroupsExtension = 10;
    private const int SignaturesExtension = 13;
    private const int AlpnExtension = 16;
    private const int TicketExtension = 35;
    private const int KeySharesExtension = 51;

    [ModuleInitializer]
    internal static void Register()
    {
        foreach (string word in (ReadOnlySpan<string>)["req.ssl_hello_type", "req_ssl_hello_type"])
            Add(word, SampleType.Integer, &HelloType);
        foreach (string word in (ReadOnlySpan<string>)["req.ssl_sni", "req_ssl_sni"])
            Add(word, SampleType.String, &ServerName);
        foreach (string word in (ReadOnlySpan<string>)["req.ssl_ver", "req_ssl_ver"])
            Add(word, SampleType.Integer, &Version);
        Add("req.ssl_alpn", SampleType.String, &Protocols);
        Add("req.ssl_ec_ext", SampleType.Boolean, &HasGroups);
        Add("req.ssl_st_ext", SampleType.Integer, &Ticket);
        AddList("req.ssl_cipherlist", &Ciphers);
        AddList("req.ssl_keyshare_groups", &KeyShares);
        AddList("req.ssl_sigalgs", &Signatures);
        AddList("req.ssl_supported_groups", &Groups);
        foreach (string word in (ReadOnlySpan<string>)["res.ssl_hello_type", "rep_ssl_hello_type"])
        {
            Words.Fetches.Add(new(word, ArgumentSpec.None, SampleType.Integer, SamplePlaces.Response, &AnswerType)
            {
                Needs = "response buffer",
            });
        }
        Words.AclWords.Add(new("req_ssl_sni", "req.ssl_sni", "str"));
        Words.AclWords.Add(new("req.ssl_ver", "req.ssl_ver", "int") { HasDottedNumbers = true });
        Words.AclWords.Add(new("req_ssl_ver", "req.ssl_ver", "int") { HasDottedNumbers = true });
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.Request, fetch) { Needs = "request buffer" });

    /// <summary>The reference takes these from the session on and in checks, where there is nothing to look at.</summary>
    private static void AddList(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, SampleType.Binary, SamplePlaces.Connection, fetch));

    /// <summary>False when there are no bytes to look at, or those there are no hello.</summary>
    private static bool TryRead(ref Evaluation scope, BufferChain* input, ref Sample sample, out HelloReader hello)
    {
        hello = default;
        if (input == null || scope.Frontend.Mode != ProxyMode.Tcp) return false;
        int length = Math.Min(input->Length, scope.Configuration.Globals.BufferSize);
        if (!ReadInput.TryTake(ref scope, input, 0, length, out ByteView bytes)) return false;
        hello = HelloReader.Of(bytes.Span);
        sample.MayChange = hello.IsPartial;
        return !hello.IsInvalid;
    }

    private static bool HelloType(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryRead(ref scope, scope.ClientInput, ref sample, out HelloReader hello) || hello.Type == 0) return false;
        if (hello.IsPartial) return false;
        sample.SetInteger(hello.Type);
        return true;
    }

    private static bool AnswerType(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryRead(ref scope, scope.ServerInput, ref sample, out HelloReader hello) || hello.Type == 0) return false;
        sample.SetInteger(hello.Type);
        return true;
    }

    private static bool Version(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryRead(ref scope, scope.ClientInput, ref sample, out HelloReader hello) || hello.IsPartial) return false;
        // Major in the upper half, so that 3.1 is 0x00030001 (manual section 7.3.5).
        sample.SetInteger(((hello.Version >> 8) << 16) | (hello.Version & 0xFF));
        return true;
    }

    private static bool ServerName(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryExtension(ref scope, ref sample, ServerNameExtension, out ReadOnlySpan<byte> list)) return false;
        if (list.Length < 5 || list[2] != 0) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(list[3..]);
        return length <= list.Length - 5 && Text(list.Slice(5, length), ref sample);
    }

    private static bool Protocols(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryExtension(ref scope, ref sample, AlpnExtension, out ReadOnlySpan<byte> list)) return false;
        if (list.Length < 3 || list[2] > list.Length - 3) return false;
        return Text(list.Slice(3, list[2]), ref sample);
    }

    private static bool HasGroups(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        bool found = TryExtension(ref scope, ref sample, GroupsExtension, out _);
        if (!found && sample.MayChange) return false;
        sample.SetBoolean(found);
        return true;
    }

    /// <summary>0: no such extension; 1: an empty one; 2: a ticket.</summary>
    private static bool Ticket(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        bool found = TryExtension(ref scope, ref sample, TicketExtension, out ReadOnlySpan<byte> ticket);
        if (!found && sample.MayChange) return false;
        sample.SetInteger(!found ? 0 : ticket.IsEmpty ? 1 : 2);
        return true;
    }

    private static bool Ciphers(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryHello(ref scope, ref sample, out HelloReader hello) && hello.Ciphers.Length >= 2
        && Bytes(hello.Ciphers, ref sample);

    private static bool Groups(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryList(ref scope, ref sample, GroupsExtension, out ReadOnlySpan<byte> list) && Bytes(list, ref sample);

    private static bool Signatures(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        TryList(ref scope, ref sample, SignaturesExtension, out ReadOnlySpan<byte> list) && Bytes(list, ref sample);

    /// <summary>The groups that the client sent a key of (RFC 8446 section 4.2.8), two bytes each.</summary>
    private static bool KeyShares(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryList(ref scope, ref sample, KeySharesExtension, out ReadOnlySpan<byte> list)) return false;
        Span<byte> room = scope.Scratch.Free;
        int filled = 0;
        while (list.Length >= 4)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(list[2..]);
            if (length > list.Length - 4 || filled + 2 > room.Length) return false;
            list[..2].CopyTo(room[filled..]);
            filled += 2;
            list = list[(4 + length)..];
        }
        sample.SetBinary(scope.Scratch.Commit(filled));
        return filled > 0;
    }

    /// <summary>An extension that is one list with its length of two bytes before it.</summary>
    private static bool TryList(ref Evaluation scope, ref Sample sample, int number, out ReadOnlySpan<byte> list)
    {
        list = default;
        if (!TryExtension(ref scope, ref sample, number, out ReadOnlySpan<byte> content) || content.Length < 4)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(content);
        if (length < 2 || length > content.Length - 2) return false;
        list = content.Slice(2, length);
        return true;
    }

    private static bool TryHello(ref Evaluation scope, ref Sample sample, out HelloReader hello) =>
        TryRead(ref scope, scope.ClientInput, ref sample, out hello) && !hello.IsPartial && hello.Type == 1;

    private static bool TryExtension(
        ref Evaluation scope, ref Sample sample, int number, out ReadOnlySpan<byte> content)
    {
        content = default;
        return TryHello(ref scope, ref sample, out HelloReader hello) && hello.TryExtension(number, out content);
    }

    private static bool Bytes(ReadOnlySpan<byte> bytes, ref Sample sample)
    {
        fixed (byte* start = bytes) sample.SetBinary(new ByteView(start, bytes.Length));
        return true;
    }

    /// <summary>The bytes stand in the input or in scratch memory: both outlive the sample.</summary>
    private static bool Text(ReadOnlySpan<byte> bytes, ref Sample sample)
    {
        fixed (byte* start = bytes) sample.SetString(new ByteView(start, bytes.Length));
        return true;
    }
}
