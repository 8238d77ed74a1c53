using System;
using System.Runtime.CompilerServices;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Http1;

namespace Engine.Systems.Samples.Fetches;

/// <summary>The request line and what is built from it (manual section 7.3.6).</summary>
internal static unsafe class RequestFetches
{
    private const ushort HttpPort = 80;
    private const ushort HttpsPort = 443;

    [ModuleInitializer]
    internal static void Register()
    {
        Add("path", SampleType.String, &Path);
        Add("pathq", SampleType.String, &PathAndQuery);
        Add("url", SampleType.String, &Url);
        Add("base", SampleType.String, &Base);
        Add("baseq", SampleType.String, &BaseAndQuery);
        Add("req.ver", SampleType.String, &Version);
        Add("req_ver", SampleType.String, &Version);
        Add("req.proto_http", SampleType.Boolean, &IsHttp);
        Add("req_proto_http", SampleType.Boolean, &IsHttp);
        Add("url_ip", SampleType.Ipv4, &UrlAddress);
        Add("url_port", SampleType.Integer, &UrlPort);
        Words.Fetches.Add(new("query", ArgumentSpec.OptionalText, SampleType.String, SamplePlaces.Request, &Query)
        {
            Prepare = &PrepareQuery,
        });
        Words.Fetches.Add(new("method", ArgumentSpec.None, SampleType.Method, SamplePlaces.Transaction, &TakeMethod)
        {
            Needs = "HTTP request",
        });
        Words.Fetches.Add(new(
            "http_first_req", ArgumentSpec.None, SampleType.Boolean, SamplePlaces.Transaction, &IsFirst));
        foreach (string match in (ReadOnlySpan<string>)["beg", "dir", "dom", "end", "len", "reg", "sub"])
        {
            Words.AclWords.Add(new("path_" + match, "path", match));
            Words.AclWords.Add(new("url_" + match, "url", match));
            Words.AclWords.Add(new("base_" + match, "base", match));
        }
        Words.AclWords.Add(new("path", "path", "str"));
        Words.AclWords.Add(new("url", "url", "str"));
        Words.AclWords.Add(new("base", "base", "str"));
        Words.AclWords.Add(new("method", "method", "str"));
        Words.AclWords.Add(new("req_ver", "req.ver", "str"));
    }

    private static void Add(
        string word, SampleType output, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, output, SamplePlaces.Request, fetch));

    /// <summary>The asterisk of OPTIONS is no path (RFC 9110 section 9.3.7).</summary>
    private static ByteView PathOf(MessageHead* request, bool withQuery)
    {
        if (request == null || request->PathAndQuery.Span.SequenceEqual("*"u8)) return default;
        return withQuery ? request->PathAndQuery : request->Path;
    }

    private static bool Path(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (PathOf(scope.Request, withQuery: true).IsEmpty) return false;
        sample.SetString(scope.Request->Path);
        return true;
    }

    private static bool PathAndQuery(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        ByteView path = PathOf(scope.Request, withQuery: true);
        if (path.IsEmpty) return false;
        sample.SetString(path);
        return true;
    }

    private static bool Url(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null) return false;
        sample.SetString(scope.Request->Target);
        return true;
    }

    private static string? PrepareQuery(ParsePlace place, Arguments arguments) =>
        !arguments.Has(0) || arguments.Text(0).Span.SequenceEqual("with_qm"u8)
            ? null
            : "supported options are: 'with_qm'";

    /// <summary>An empty query is there; without a question mark there is none.</summary>
    private static bool Query(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null) return false;
        ByteView target = scope.Request->PathAndQuery;
        int question = target.Span.IndexOf((byte)'?');
        if (question < 0) return false;
        int from = arguments.Has(0) ? question : question + 1;
        sample.SetString(target.Slice(from, target.Length - from));
        return true;
    }

    internal static bool Base(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        HostAnd(ref scope, PathOf(scope.Request, withQuery: false), ref sample);

    internal static bool BaseAndQuery(ref Evaluation scope, Arguments arguments, ref Sample sample) =>
        HostAnd(ref scope, StartsAtRoot(PathOf(scope.Request, withQuery: true)), ref sample);

    /// <summary>A query without a path before it is none.</summary>
    private static ByteView StartsAtRoot(ByteView path) => path.Span is [(byte)'/', ..] ? path : default;

    /// <summary>The host as the client wrote it and the path behind; without a host the path alone.</summary>
    private static bool HostAnd(ref Evaluation scope, ByteView path, ref Sample sample)
    {
        MessageHead* request = scope.Request;
        if (request == null) return false;
        int host = EditFields.Find(request, KnownHeader.Host);
        if (host < 0)
        {
            sample.SetString(path);
            return !path.IsEmpty;
        }
        ReadOnlySpan<byte> name = MessageHead.FieldArray(request)[host].ValueSpan;
        Span<byte> free = scope.Scratch.Free;
        if (free.Length < name.Length + path.Length) return false;
        name.CopyTo(free);
        path.Span.CopyTo(free[name.Length..]);
        sample.SetString(scope.Scratch.Commit(name.Length + path.Length));
        return true;
    }

    private static bool Version(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int mark = scope.Scratch.Used;
        MessageHead* request = PeekRequest.Run(ref scope, ref sample);
        if (request == null) return false;
        sample.SetString(VersionNames.Of(request->Version));
        scope.Scratch.Rewind(mark);
        return true;
    }

    private static bool IsHttp(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        int mark = scope.Scratch.Used;
        bool isThere = PeekRequest.Run(ref scope, ref sample) != null;
        scope.Scratch.Rewind(mark);
        if (!isThere && sample.MayChange) return false; // not all of it yet
        sample.SetBoolean(isThere);
        return true;
    }

    /// <summary>While the head is there from it, later from the number the stream kept.</summary>
    private static bool TakeMethod(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        sample.Type = SampleType.Method;
        MessageHead* request = PeekRequest.Run(ref scope, ref sample);
        if (request != null)
        {
            sample.Integer = (long)request->Method;
            sample.Bytes = request->MethodName;
            return true;
        }
        if (scope.Log == null || !RequestLine.TryTake(scope.Log->RequestLine.Span, out RequestLine line)) return false;
        sample.Integer = (long)MethodNames.Find(line.Method);
        sample.Bytes = scope.Log->RequestLine.Slice(0, line.Method.Length);
        return true;
    }

    private static bool IsFirst(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Client == null) return false;
        sample.SetBoolean(scope.Client->Requests <= 1);
        return true;
    }

    private static bool UrlAddress(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null || scope.Request->Authority.IsEmpty) return false;
        ReadOnlySpan<byte> host = scope.Request->Authority.Span;
        int colon = host.IndexOf((byte)':');
        AddressBytes address = default;
        if (!ReadAddress.TryIpv4(colon < 0 ? host : host[..colon], ref address)) return false;
        sample.Type = SampleType.Ipv4;
        sample.Address = address;
        return true;
    }

    private static bool UrlPort(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null || scope.Request->Authority.IsEmpty) return false;
        ReadOnlySpan<byte> host = scope.Request->Authority.Span;
        AddressBytes address = default;
        int colon = host.LastIndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 || host[colon..].Contains((byte)']') ? host : host[..colon];
        if (!ReadAddress.TryIpv4(name, ref address) && name[0] != '[') return false;
        if (name.Length == host.Length)
        {
            bool secure = scope.Request->Target.Span.StartsWith("https:"u8);
            sample.SetInteger(secure ? HttpsPort : HttpPort);
            return true;
        }
        ReadNumber.Leading(host[(colon + 1)..], out long port);
        sample.SetInteger(port);
        return true;
    }
}
