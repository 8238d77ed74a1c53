using System;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Tls;
using Engine.Systems.Tls;

namespace Engine.Systems.Samples.Fetches;

/// <summary>
/// Facts of the encrypted connections to the client and to the server (manual section 7.3.4).
/// </summary>
internal static unsafe class TlsFetches
{
    /// <summary>SSL_CTRL_GET_NEGOTIATED_GROUP.</summary>
    private const int NegotiatedGroup = 134;

    private const int RandomLength = 32;
    private const int SecretMax = 64;

    /// <summary>The library's texts are cut at so many bytes, with the zero at their end.</summary>
    private const int ErrorTextMax = 256;

    [ModuleInitializer]
    internal static void Register()
    {
        Both("", SampleType.Boolean, &IsEncrypted, &IsServerEncrypted);
        Both("_alg_keysize", SampleType.Integer, &KeyBits, &ServerKeyBits);
        Both("_alpn", SampleType.String, &Protocol, &ServerProtocol);
        Both("_npn", SampleType.String, &Next, &ServerNext);
        Both("_cipher", SampleType.String, &Cipher, &ServerCipher);
        Both("_client_random", SampleType.Binary, &ClientRandom, &ServerClientRandom);
        Both("_curve", SampleType.String, &Curve, &ServerCurve);
        Both("_is_resumed", SampleType.Boolean, &IsResumed, &IsServerResumed);
        Both("_protocol", SampleType.String, &Version, &ServerVersion);
        Both("_server_random", SampleType.Binary, &ServerRandom, &ServerServerRandom);
        Both("_session_id", SampleType.Binary, &SessionId, &ServerSessionId);
        Both("_session_key", SampleType.Binary, &SessionKey, &ServerSessionKey);
        Both("_sni", SampleType.String, &Name, &ServerName);
        Both("_unique_id", SampleType.Binary, &UniqueId, &ServerUniqueId);
        Both("_use_keysize", SampleType.Integer, &UsedBits, &ServerUsedBits);
        Both("_err", SampleType.Integer, &LibraryError, &ServerLibraryError);
        Both("_err_str", SampleType.String, &LibraryErrorText, &ServerLibraryErrorText);
        Client("ssl_fc_has_crt", SampleType.Boolean, &HasCertificate);
        Client("ssl_fc_early_rcvd", SampleType.Boolean, &CameEarly);
        Client("ssl_fc_has_early", SampleType.Boolean, &HasEarly);
        Client("ssl_fc_has_sni", SampleType.Boolean, &HasName);
        Client("ssl_c_err", SampleType.Integer, &PeerError);
        Client("ssl_c_ca_err", SampleType.Integer, &AuthorityError);
        Client("ssl_c_ca_err_depth", SampleType.Integer, &AuthorityDepth);
        Client("ssl_c_used", SampleType.Boolean, &UsesCertificate);
        Client("ssl_c_verify", SampleType.Integer, &VerifyResult);
        Words.AclWords.Add(new("ssl_fc_sni_end", "ssl_fc_sni", "end"));
        Words.AclWords.Add(new("ssl_fc_sni_reg", "ssl_fc_sni", "reg"));
    }

    private static void Both(
        string suffix, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> client,
        delegate*<ref Evaluation, Arguments, ref Sample, bool> server)
    {
        Client("ssl_fc" + suffix, output, client);
        Words.Fetches.Add(new("ssl_bc" + suffix, ArgumentSpec.None, output, SamplePlaces.ServerConnection, server)
        {
            Needs = "server-side connection",
        });
    }

    private static void Client(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.Session, fetch)
        {
            Needs = "client-side connection",
        });

    private static bool IsEncrypted(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Truth(scope.ClientTls != null, ref sample);

    private static bool IsServerEncrypted(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Truth(scope.ServerTls != null, ref sample);

    private static bool IsResumed(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Truth(scope.ClientTls != null && OpenSsl.SslIsReused(scope.ClientTls->Ssl) != 0, ref sample);

    private static bool IsServerResumed(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Truth(scope.ServerTls != null && OpenSsl.SslIsReused(scope.ServerTls->Ssl) != 0, ref sample);

    private static bool HasCertificate(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Truth((scope.ClientTls->Flags & TlsFlags.PeerCertificate) != 0, ref sample);

    /// <summary>The client is served on early data, which may be a replay.</summary>
    private static bool HasEarly(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Truth((scope.ClientTls->Flags & TlsFlags.EarlyOpen) != 0, ref sample);

    private static bool CameEarly(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Truth((scope.ClientTls->Flags & TlsFlags.Early) != 0, ref sample);

    private static bool HasName(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Truth(scope.ClientTls != null && OpenSsl.SslServerName(scope.ClientTls->Ssl, 0) != null, ref sample);

    private static bool UsesCertificate(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Truth(OpenSsl.SslPeer(scope.ClientTls->Ssl) != 0, ref sample);

    private static bool PeerError(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Number(scope.ClientTls->PeerError, ref sample);

    private static bool AuthorityError(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Number(scope.ClientTls->AuthorityError, ref sample);

    private static bool AuthorityDepth(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Number(scope.ClientTls->AuthorityDepth, ref sample);

    private static bool VerifyResult(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Number(OpenSsl.SslVerifyResult(scope.ClientTls->Ssl), ref sample);

    private static bool LibraryError(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Number(scope.ClientTls->LibraryError, ref sample);

    private static bool ServerLibraryError(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        ServerFailure(ref scope, out uint error) && Number(error, ref sample);

    private static bool LibraryErrorText(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && ErrorText(ref scope, scope.ClientTls->LibraryError, ref sample);

    private static bool ServerLibraryErrorText(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        ServerFailure(ref scope, out uint error) && ErrorText(ref scope, error, ref sample);

    /// <summary>The library's error of a connection that stands, or of the last that did not come to be.</summary>
    private static bool ServerFailure(ref Evaluation scope, out uint error)
    {
        bool failed = scope.ServerTls == null && scope.Log != null && scope.Log->ServerFault != TlsFault.None;
        error = failed ? scope.Log->ServerLibraryError : scope.ServerTls == null ? 0 : scope.ServerTls->LibraryError;
        return failed || scope.ServerTls != null;
    }

    private static bool KeyBits(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Bits(scope.ClientTls, used: false, ref sample);

    private static bool ServerKeyBits(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Bits(scope.ServerTls, used: false, ref sample);

    private static bool UsedBits(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Bits(scope.ClientTls, used: true, ref sample);

    private static bool ServerUsedBits(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Bits(scope.ServerTls, used: true, ref sample);

    private static bool Protocol(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Alpn(scope.ClientTls, ref sample);

    private static bool ServerProtocol(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Alpn(scope.ServerTls, ref sample);

    private static bool Next(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Npn(scope.ClientTls, ref sample);

    private static bool ServerNext(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Npn(scope.ServerTls, ref sample);

    private static bool Cipher(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Text(OpenSsl.CipherName(OpenSsl.SslCipher(scope.ClientTls->Ssl)), ref sample);

    private static bool ServerCipher(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ServerTls != null && Text(OpenSsl.CipherName(OpenSsl.SslCipher(scope.ServerTls->Ssl)), ref sample);

    private static bool Version(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Text(OpenSsl.SslVersionName(scope.ClientTls->Ssl), ref sample);

    private static bool ServerVersion(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ServerTls != null && Text(OpenSsl.SslVersionName(scope.ServerTls->Ssl), ref sample);

    private static bool Name(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ClientTls != null && Text(OpenSsl.SslServerName(scope.ClientTls->Ssl, 0), ref sample);

    private static bool ServerName(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        scope.ServerTls != null && Text(OpenSsl.SslServerName(scope.ServerTls->Ssl, 0), ref sample);

    private static bool Curve(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Group(scope.ClientTls, ref sample);

    private static bool ServerCurve(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Group(scope.ServerTls, ref sample);

    private static bool ClientRandom(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Copied(ref scope, scope.ClientTls, OpenSsl.SslClientRandom, RandomLength, ref sample);

    private static bool ServerClientRandom(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Copied(ref scope, scope.ServerTls, OpenSsl.SslClientRandom, RandomLength, ref sample);

    private static bool ServerRandom(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Copied(ref scope, scope.ClientTls, OpenSsl.SslServerRandom, RandomLength, ref sample);

    private static bool ServerServerRandom(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Copied(ref scope, scope.ServerTls, OpenSsl.SslServerRandom, RandomLength, ref sample);

    private static bool SessionId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Identifier(scope.ClientTls, ref sample);

    private static bool ServerSessionId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Identifier(scope.ServerTls, ref sample);

    private static bool SessionKey(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Secret(ref scope, scope.ClientTls, ref sample);

    private static bool ServerSessionKey(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Secret(ref scope, scope.ServerTls, ref sample);

    private static bool UniqueId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Unique(ref scope, scope.ClientTls, isServer: false, ref sample);

    private static bool ServerUniqueId(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        Unique(ref scope, scope.ServerTls, isServer: true, ref sample);

    private static bool Truth(bool value, ref Sample sample)
    {
        sample.SetBoolean(value);
        return true;
    }

    private static bool Number(long value, ref Sample sample)
    {
        sample.SetInteger(value);
        return true;
    }

    private static bool Text(byte* text, ref Sample sample)
    {
        if (text == null) return false;
        sample.SetString(new ByteView(text, TlsText.Of(text).Length));
        return true;
    }

    /// <summary>The last error of the library in its words; none, no sample.</summary>
    private static bool ErrorText(ref Evaluation scope, uint error, ref Sample sample)
    {
        Span<byte> room = scope.Scratch.Free;
        if (error == 0 || room.Length < ErrorTextMax) return false;
        int length;
        fixed (byte* start = room)
        {
            OpenSsl.ErrorText(error, start, ErrorTextMax);
            length = TlsText.Of(start).Length;
        }
        sample.SetString(scope.Scratch.Commit(length));
        return true;
    }

    private static bool Bits(TlsState* tls, bool used, ref Sample sample)
    {
        if (tls == null) return false;
        uint algorithm = 0;
        int bits = OpenSsl.CipherBits(OpenSsl.SslCipher(tls->Ssl), &algorithm);
        return Number(used ? bits : algorithm, ref sample);
    }

    private static bool Alpn(TlsState* tls, ref Sample sample)
    {
        if (tls == null) return false;
        byte* name;
        uint length;
        OpenSsl.SslAlpn(tls->Ssl, &name, &length);
        if (length == 0) return false;
        sample.SetString(new ByteView(name, (int)length));
        return true;
    }

    private static bool Npn(TlsState* tls, ref Sample sample)
    {
        if (tls == null || OpenSslObjects.SslNextProtocol == null) return false;
        byte* name;
        uint length;
        OpenSslObjects.SslNextProtocol(tls->Ssl, &name, &length);
        if (length == 0) return false;
        sample.SetString(new ByteView(name, (int)length));
        return true;
    }

    private static bool Group(TlsState* tls, ref Sample sample)
    {
        if (tls == null) return false;
        nint group = OpenSsl.SslControl(tls->Ssl, NegotiatedGroup, 0, 0);
        return group != 0 && Text(OpenSsl.NidShortName((int)group), ref sample);
    }

    private static bool Copied(
        ref Evaluation scope, TlsState* tls, delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, nuint> take,
        int length, ref Sample sample)
    {
        Span<byte> room = scope.Scratch.Free;
        if (tls == null || room.Length < length) return false;
        fixed (byte* start = room) length = (int)take(tls->Ssl, start, (nuint)length);
        sample.SetBinary(scope.Scratch.Commit(length));
        return true;
    }

    private static bool Identifier(TlsState* tls, ref Sample sample)
    {
        nint session = tls == null ? 0 : OpenSsl.SslSession(tls->Ssl);
        if (session == 0) return false;
        uint length;
        byte* bytes = OpenSsl.SessionId(session, &length);
        if (length == 0) return false;
        sample.SetBinary(new ByteView(bytes, (int)length));
        return true;
    }

    private static bool Secret(ref Evaluation scope, TlsState* tls, ref Sample sample)
    {
        nint session = tls == null ? 0 : OpenSsl.SslSession(tls->Ssl);
        Span<byte> room = scope.Scratch.Free;
        if (session == 0 || room.Length < SecretMax) return false;
        int length;
        fixed (byte* start = room) length = (int)OpenSsl.SessionKey(session, start, SecretMax);
        sample.SetBinary(scope.Scratch.Commit(length));
        return length > 0;
    }

    /// <summary>RFC 5929 section 3: the first Finished message of the handshake.</summary>
    private static bool Unique(ref Evaluation scope, TlsState* tls, bool isServer, ref Sample sample)
    {
        if (tls == null) return false;
        bool reused = OpenSsl.SslIsReused(tls->Ssl) != 0;
        bool isOurs = reused != isServer;
        return isOurs
            ? Copied(ref scope, tls, OpenSsl.SslFinished, SecretMax, ref sample)
            : Copied(ref scope, tls, OpenSsl.SslPeerFinished, SecretMax, ref sample);
    }
}
