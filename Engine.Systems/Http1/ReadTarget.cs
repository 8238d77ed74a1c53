using System;
using Engine.Data.Messages;
using Engine.Data.Text;

namespace Engine.Systems.Http1;

/// <summary>
/// Targets that do not simply start with a slash (RFC 9112 section 3.2): absolute form for any method but
/// CONNECT, authority form for CONNECT alone, asterisk for OPTIONS alone. An authority must agree with Host
/// (THREATS.md A23).
/// </summary>
internal static unsafe class ReadTarget
{
    private static readonly ByteView Asterisk = ByteView.Literal("*"u8);

    public static HeadResult Run(MessageHead* head, ref HeadReading reading)
    {
        if (head->Method == Method.Connect) return ReadAuthorityForm(head, ref reading);
        if (*head->Target.Start == '*')
        {
            if (head->Target.Length != 1 || head->Method != Method.Options) return HeadResult.BadTarget;
            head->PathAndQuery = head->Target;
            return HeadResult.Ok;
        }
        return ReadAbsoluteForm(head, ref reading);
    }

    private static HeadResult ReadAuthorityForm(MessageHead* head, ref HeadReading reading)
    {
        if (!Authority.TryRead(head->Target, out Authority authority) || authority.Host.IsEmpty)
        {
            return HeadResult.BadTarget;
        }
        // RFC 9110 section 9.3.6: there is no default port.
        if (authority.PortNumber < 0 && !reading.AcceptUnsafe) return HeadResult.BadTarget;
        head->Authority = head->Target;
        head->Flags |= HeadFlags.HasHost;
        // As the reference: a Host field may leave out the ports that web servers have.
        int usual = authority.PortNumber is 80 or 443 ? authority.PortNumber : -1;
        HeadResult result = CompareHost(head, ref reading, authority, usual);
        if (result == HeadResult.Ok && usual >= 0 && !reading.KeepsConnectPort) DropHostPort(head, ref reading, usual);
        return result;
    }

    private static HeadResult ReadAbsoluteForm(MessageHead* head, ref HeadReading reading)
    {
        ByteView target = head->Target;
        int scheme = SchemeLength(target);
        if (scheme < 0) return HeadResult.BadTarget;
        byte* start = target.Start + scheme + 3;
        byte* end = target.Start + target.Length;
        byte* path = start;
        while (path < end && *path is not ((byte)'/' or (byte)'?' or (byte)'#')) path++;
        ByteView text = new(start, (int)(path - start));
        if (!Authority.TryRead(text, out Authority authority) || authority.Host.IsEmpty)
        {
            return HeadResult.BadHost;
        }
        head->Flags |= HeadFlags.AbsoluteForm | HeadFlags.HasHost;

        int defaultPort = DefaultPort(new ReadOnlySpan<byte>(target.Start, scheme));
        HeadResult result = CompareHost(head, ref reading, authority, defaultPort);
        if (result != HeadResult.Ok) return result;
        bool dropsPort = IsDefault(authority, defaultPort);
        if (dropsPort) DropHostPort(head, ref reading, defaultPort);
        head->Authority = dropsPort ? authority.Host : text;
        head->PathAndQuery = new ByteView(path, (int)(end - path));
        bool addsPath = path == end && head->Method != Method.Options;
        if (path == end && !addsPath) head->PathAndQuery = Asterisk;
        if (dropsPort || addsPath) head->Flags &= ~HeadFlags.PlainStartLine;
        return HeadResult.Ok;
    }

    // scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ), then "://" (RFC 3986 section 3.1); -1 without.
    private static int SchemeLength(ByteView target)
    {
        int length = target.Span.IndexOf("://"u8);
        for (int i = 0; i < length; i++)
        {
            byte value = target.Start[i];
            bool letter = AsciiCase.Lower(value) is >= (byte)'a' and <= (byte)'z';
            bool inside =
                i > 0 && value is >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'-' or (byte)'.';
            if (!letter && !inside) return -1;
        }
        return length == 0 ? -1 : length;
    }

    private static int DefaultPort(ReadOnlySpan<byte> scheme)
    {
        if (AsciiCase.Equals(scheme, "http"u8)) return 80;
        return AsciiCase.Equals(scheme, "https"u8) ? 443 : -1;
    }

    private static HeadResult CompareHost(
        MessageHead* head, ref HeadReading reading, in Authority authority, int defaultPort)
    {
        if (reading.Host < 0 || reading.AcceptUnsafe) return HeadResult.Ok;
        HeaderField* field = MessageHead.FieldArray(head) + reading.Host;
        bool same =
            Authority.TryRead(field->ValueView, out Authority host) && host.Matches(authority, defaultPort);
        return same ? HeadResult.Ok : HeadResult.ConflictingHosts;
    }

    // Written as such, without zeros in front, or as a colon with nothing behind it.
    private static bool IsDefault(in Authority authority, int defaultPort)
    {
        if (!authority.HasColon || defaultPort < 0) return false;
        if (authority.PortNumber < 0) return true;
        return authority.PortNumber == defaultPort && *authority.Port.Start != '0';
    }

    private static void DropHostPort(MessageHead* head, ref HeadReading reading, int defaultPort)
    {
        if (reading.Host < 0) return;
        HeaderField* field = MessageHead.FieldArray(head) + reading.Host;
        if (!Authority.TryRead(field->ValueView, out Authority host) || !IsDefault(host, defaultPort)) return;
        field->ValueLength = host.Host.Length;
        field->Flags &= ~FieldFlags.Canonical;
    }
}
