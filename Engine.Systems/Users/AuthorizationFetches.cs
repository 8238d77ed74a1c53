using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using Engine.Data.Messages;
using Engine.Data.Registries;
using Engine.Data.Samples;
using Engine.Data.Text;
using Engine.Systems.Http1;
using Engine.Systems.Samples.Converters;
using Engine.Systems.Samples.Fetches;

namespace Engine.Systems.Users;

/// <summary>What a request says of its user: the Authorization field (manual section 7.3.6).</summary>
internal static unsafe class AuthorizationFetches
{
    [ModuleInitializer]
    internal static void Register()
    {
        ArgumentSpec list = new(1, ArgumentKind.UserList);
        Words.Fetches.Add(new("http_auth", list, SampleType.Boolean, SamplePlaces.Request, &IsAuthentic));
        Words.Fetches.Add(new("http_auth_group", list, SampleType.String, SamplePlaces.Request, &Groups));
        Words.Fetches.Add(new(
            "http_auth_bearer", ArgumentSpec.OptionalText, SampleType.String, SamplePlaces.Request, &Bearer)
        {
            Prepare = &PrepareBearer,
        });
        Add("http_auth_user", &UserName);
        Add("http_auth_pass", &Password);
        Add("http_auth_type", &Scheme);
        Words.AclWords.Add(new("http_auth_group", "http_auth_group", "str"));
    }

    private static void Add(string word, delegate*<ref Evaluation, Arguments, ref Sample, bool> fetch) =>
        Words.Fetches.Add(new(word, ArgumentSpec.None, SampleType.String, SamplePlaces.Request, fetch));

    private static string? PrepareBearer(ParsePlace place, Arguments arguments)
    {
        if (arguments.Has(0)) arguments.Prepared = HeaderName.Of(arguments.Text(0).ToString());
        return null;
    }

    private static bool IsAuthentic(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (scope.Request == null || arguments.Prepared is not UserList list) return false;
        if (!TryBasic(ref scope, out ByteView name, out ByteView password)) return false;
        sample.SetBoolean(list.Find(name, password) is not null);
        return true;
    }

    /// <summary>To an ACL the groups of the user, one after the other; otherwise its name.</summary>
    private static bool Groups(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (arguments.Prepared is not UserList list) return false;
        if (!TryBasic(ref scope, out ByteView name, out ByteView password)) return false;
        if (!sample.Iterates)
        {
            sample.SetString(name);
            return list.Find(name, password) is not null;
        }

        // The password is looked at once: the cursor stays when it was right.
        UserAccount? user = sample.Cursor > 0 ? list.Users[sample.CursorOffset] : list.Find(name, password);
        if (user is null || sample.Cursor >= user.GroupNames.Length) return false;
        sample.CursorOffset = list.Users.IndexOf(user);
        sample.SetString(user.GroupNames[sample.Cursor++]);
        sample.NotLast = sample.Cursor < user.GroupNames.Length;
        return true;
    }

    private static bool UserName(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryBasic(ref scope, out ByteView name, out _)) return false;
        sample.SetString(name);
        return true;
    }

    private static bool Password(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryBasic(ref scope, out _, out ByteView password)) return false;
        sample.SetString(password);
        return true;
    }

    /// <summary>Of the schemes that are read: Basic with a name and a password, and Bearer.</summary>
    private static bool Scheme(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        if (!TryField(ref scope, null, out ByteView scheme, out _)) return false;
        if (!AsciiCase.Equals(scheme.Span, "Bearer"u8) && !TryBasic(ref scope, out _, out _)) return false;
        sample.SetString(scheme);
        return true;
    }

    private static bool Bearer(ref Evaluation scope, Arguments arguments, ref Sample sample)
    {
        HeaderName? name = arguments.Prepared as HeaderName;
        if (!TryField(ref scope, name, out ByteView scheme, out ByteView rest)) return false;
        if (!AsciiCase.Equals(scheme.Span, "Bearer"u8)) return false;
        sample.SetString(rest);
        return true;
    }

    /// <summary>Name and password of the Basic scheme (RFC 7617), in the scratch area.</summary>
    private static bool TryBasic(ref Evaluation scope, out ByteView name, out ByteView password)
    {
        name = default;
        password = default;
        if (!TryField(ref scope, null, out ByteView scheme, out ByteView coded)) return false;
        if (!AsciiCase.Equals(scheme.Span, "Basic"u8)) return false;
        if (!DecodeBase64.TryRun(coded.Span, scope.Scratch.Free, out int written)) return false;
        ByteView text = scope.Scratch.Commit(written);
        int colon = text.Span.IndexOf((byte)':');
        if (colon < 0) return false;
        name = text.Slice(0, colon);
        password = text.Slice(colon + 1, text.Length - colon - 1);
        return true;
    }

    private static bool TryField(ref Evaluation scope, HeaderName? name, out ByteView scheme, out ByteView rest)
    {
        scheme = default;
        rest = default;
        if (scope.Request == null) return false;
        ReadOnlySpan<byte> wanted = AsksProxy.Is(ref scope) ? "proxy-authorization"u8 : "authorization"u8;
        if (name is not null) wanted = name.Name.Span;
        int index = EditFields.Find(scope.Request, wanted);
        if (index < 0) return false;
        ByteView value = MessageHead.FieldArray(scope.Request)[index].ValueView;
        int blank = value.Span.IndexOf((byte)' ');
        if (blank <= 0) return false;
        scheme = value.Slice(0, blank);
        while (blank < value.Length && value.Start[blank] == ' ') blank++;
        rest = value.Slice(blank, value.Length - blank);
        return true;
    }
}
