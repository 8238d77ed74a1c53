using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Tls;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Admin.Commands;

/// <summary>Ticket keys, OCSP responses and the library's providers at run time (management guide section 9.3).</summary>
internal static unsafe class TlsSecretCommands
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    [ModuleInitializer]
    internal static void Register()
    {
        TlsCommand.Add("show tls-keys", AdminLevel.Admin, "[id|*]", ShowKeys,
            "show tls keys references or dump tls ticket keys when id specified");
        TlsCommand.Add("set ssl tls-key", AdminLevel.Admin, "[id|file] <key>", SetKey,
            "set the next TLS key for the <id> or <file> listener to <key>");
        TlsCommand.Add("show ssl ocsp-response", AdminLevel.Admin, "[[text|base64] id]", ShowResponse,
            "display the IDs of the OCSP responses used in memory, or the details of a single OCSP response (in text or "
            + "base64 format)");
        TlsCommand.Add("set ssl ocsp-response", AdminLevel.Admin, "<resp|payload>", SetResponse,
            "update a certificate's OCSP Response from a base64-encode DER");
        TlsCommand.Add("show ssl providers", AdminLevel.User, "", ShowProviders, "show loaded SSL providers");
    }

    private static void ShowKeys(AdminRequest request)
    {
        TlsDrafts drafts = TlsCommand.Drafts(request);
        string wanted = request.Argument(0);
        if (wanted.Length == 0)
        {
            request.Answer("# id (file)");
            foreach (TicketKeySet set in drafts.TicketFiles) request.Answer($"{set.Number} ({set.Path})");
            return;
        }
        if (wanted != "*" && FindKeys(drafts, wanted) is null)
        {
            request.Refuse("'show tls-keys' unable to locate referenced filename");
            return;
        }
        request.Answer("# id secret");
        foreach (TicketKeySet set in drafts.TicketFiles)
        {
            if (wanted != "*" && set != FindKeys(drafts, wanted)) continue;
            request.Answer($"# {set.Number} ({set.Path})");
            byte[][] keys = set.Keys;
            for (int i = 0; i < keys.Length; i++) request.Answer($"{set.Number}.{i} {Convert.ToBase64String(keys[i])}");
        }
    }

    /// <summary>By path, or by number behind a hash.</summary>
    private static TicketKeySet? FindKeys(TlsDrafts drafts, string wanted) =>
        wanted.StartsWith('#')
            && int.TryParse(wanted[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? drafts.TicketFiles.Find(set => set.Number == number)
            : drafts.TicketFiles.Find(set => set.Path == wanted);

    private static void SetKey(AdminRequest request)
    {
        if (request.Argument(1).Length == 0)
        {
            request.Refuse("'set ssl tls-key' expects a filename and the new TLS key in base64 encoding.");
            return;
        }
        if (FindKeys(TlsCommand.Drafts(request), request.Argument(0)) is not { } set)
        {
            request.Refuse("'set ssl tls-key' unable to locate referenced filename");
            return;
        }
        byte[] key = new byte[TicketKeys.LongKey * 2];
        if (!Convert.TryFromBase64String(request.Argument(1), key, out int length))
            request.Refuse("'set ssl tls-key' received invalid base64 encoded TLS key.");
        else if (!set.Add(key[..length])) request.Refuse("'set ssl tls-key' received a key of wrong size.");
        else request.Notify("TLS ticket key updated!");
    }

    private static void SetResponse(AdminRequest request)
    {
        string text = request.HasPayload ? Encoding.Latin1.GetString(request.Payload) : request.Argument(0);
        text = text.Replace("\n", "").Replace("\r", "");
        if (text.Length == 0)
        {
            request.Refuse("'set ssl ocsp-response' expects response in base64 encoding.");
            return;
        }
        byte[] der = new byte[text.Length];
        // Base64 begins with a quantum of four, so that shorter texts are none.
        if (!Convert.TryFromBase64String(text, der, out int length) || length == 0)
        {
            request.Refuse("'set ssl ocsp-response' received invalid base64 encoded response.");
            return;
        }
        string error = StapleResponses.Read(
            der[..length], TlsCommand.Drafts(request).Staples, out OcspStaple? staple, out OcspStaple.Response? response);
        if (error.Length > 0)
        {
            request.Refuse($"{error}.".Replace("..", "."));
            return;
        }
        staple!.Current = response;
        request.Notify("OCSP Response updated!");
    }

    private static void ShowResponse(AdminRequest request)
    {
        TlsDrafts drafts = TlsCommand.Drafts(request);
        string wanted = request.Argument(0);
        bool asBase64 = wanted == "base64";
        if (asBase64 || wanted == "text")
        {
            wanted = request.Argument(1);
            if (wanted.Length == 0)
            {
                request.Refuse("'show ssl ocsp-response [text|base64]' expects a valid certid.");
                return;
            }
        }
        if (wanted.Length == 0)
        {
            if (drafts.Staples.Count > 0) request.Answer("# Certificate IDs");
            foreach (OcspStaple staple in drafts.Staples.Values)
            {
                request.Answer($"Certificate ID key : {Convert.ToHexStringLower(staple.Identifier)}");
                request.Answer($"Certificate path : {staple.Path}\n Certificate ID:");
                request.Answer($"   Issuer Name Hash: {Convert.ToHexString(staple.IssuerName)}");
                request.Answer($"   Issuer Key Hash: {Convert.ToHexString(staple.IssuerKey)}");
                request.Answer($"   Serial Number: {Convert.ToHexString(staple.Serial)}");
            }
            return;
        }
        OcspStaple? found = drafts.Staples.GetValueOrDefault(wanted.ToLowerInvariant());
        if (found is null && drafts.Certificates.TryGetValue(wanted, out CertificateFile? file)
            && StapleResponses.Identifier(file) is { } key)
            found = drafts.Staples.GetValueOrDefault(Convert.ToHexStringLower(key));
        if (found?.Current is not { } response)
        {
            bool isIdentifier = wanted.Length % 2 == 0 && wanted.AsSpan().IndexOfAnyExcept(Hexadecimal) < 0;
            request.Refuse(isIdentifier ? "Certificate ID or path does not match any certificate."
                : "'show ssl ocsp-response' expects a valid certid or certificate path.");
            return;
        }
        request.Output.Add(asBase64 ? Convert.ToBase64String(response.Der) : StapleResponses.Print(response.Der));
    }

    private static void ShowProviders(AdminRequest request)
    {
        request.Answer("Loaded providers : ");
        foreach (string name in TlsLibrary.Providers()) request.Answer($"\t- {name}");
    }
}
