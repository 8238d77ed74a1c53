using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Messages;
using Engine.Data.Registries;

namespace Engine.Systems.Users;

/// <summary><c>userlist</c> with its <c>user</c> and <c>group</c> lines (manual section 12.1).</summary>
internal static unsafe class UserKeywords
{
    /// <summary>Among the checks of a proxy: before expressions look for lists.</summary>
    private const int Order = 440;

    [ModuleInitializer]
    internal static void Register()
    {
        Words.Sections.Add(new("userlist", SectionKinds.Userlist, "<name>", &Open));
        Words.Keywords.Add(new("group", SectionKinds.Userlist, "<name> [ users <user>,... ]", &Group));
        Words.Keywords.Add(new(
            "user", SectionKinds.Userlist,
            "<name> [ password | insecure-password <password> ] [ groups <group>,... ]", &User));
        Words.ProxyChecks.Add(new("user lists", Order, &Check));
    }

    private static void Open(Directive line)
    {
        UserListsPart part = line.Draft.Parts.Get<UserListsPart>();
        string name = line[1];
        part.Open = new UserList(name);
        if (name.Length == 0) line.AlertTight("'userlist' expects <name> as arguments.");
        else if (line.RefusesMoreThan(1)) return;
        else if (part.Find(name) is not null)
            line.Diagnostics.Warn($"parsing [{line.File}:{line.Line}]: ignoring duplicated userlist '{name}'.");
        else part.Lists.Add(part.Open);
    }

    private static void Group(Directive line)
    {
        UserList list = line.Draft.Parts.Get<UserListsPart>().Open;
        string name = line.Next();
        if (name.Length == 0)
        {
            line.AlertTight("'group' expects <name> as arguments.");
            return;
        }
        if (list.Groups.Exists(group => group.Name == name))
        {
            WarnDuplicate(line, "group", name, list);
            return;
        }
        string[] users = [];
        while (!line.AtEnd)
        {
            if (!line.TryTake("users"))
            {
                line.AlertTight("'group' only supports 'users' option.");
                return;
            }
            users = line.Next().Split(',', StringSplitOptions.RemoveEmptyEntries);
        }
        list.Groups.Add((name, users));
    }

    private static void User(Directive line)
    {
        UserList list = line.Draft.Parts.Get<UserListsPart>().Open;
        string name = line.Next();
        if (name.Length == 0)
        {
            line.AlertTight("'user' expects <name> as arguments.");
            return;
        }
        if (list.Users.Exists(user => user.Name == name))
        {
            WarnDuplicate(line, "user", name, list);
            return;
        }
        UserAccount account = new(name);
        while (!line.AtEnd)
        {
            string word = line.Next();
            if (word is "password" or "insecure-password")
            {
                account.IsHashed = word == "password";
                account.Password = ByteView.Literal(line.Next());
            }
            else if (word == "groups")
            {
                account.Groups.AddRange(line.Next().Split(',', StringSplitOptions.RemoveEmptyEntries));
            }
            else
            {
                line.AlertTight("'user' only supports 'password', 'insecure-password' and 'groups' options.");
                return;
            }
        }
        list.Users.Add(account);
    }

    private static void WarnDuplicate(Directive line, string kind, string name, UserList list) =>
        line.Diagnostics.Warn(
            $"parsing [{line.File}:{line.Line}]: ignoring duplicated {kind} '{name}' in userlist '{list.Name}'.");

    /// <summary>Brings users and groups together, once all files are read.</summary>
    private static void Check(ConfigurationDraft draft, ProxyDraft proxy)
    {
        if (draft.Parts.Find<UserListsPart>() is not { IsChecked: false } part) return;
        part.IsChecked = true;
        foreach (UserList list in part.Lists) Join(draft, list);
    }

    private static void Join(ConfigurationDraft draft, UserList list)
    {
        foreach (UserAccount user in list.Users)
        {
            foreach (string group in user.Groups)
            {
                if (list.Groups.Exists(known => known.Name == group)) continue;
                draft.Diagnostics.AlertBare($"userlist '{list.Name}': no such group '{group}' specified in user '{user.Name}'");
            }
        }
        foreach ((string group, string[] names) in list.Groups)
        {
            foreach (string name in names)
            {
                if (list.Users.Find(user => user.Name == name) is { } member) member.Groups.Add(group);
                else draft.Diagnostics.AlertBare($"userlist '{list.Name}': no such user '{name}' specified in group '{group}'");
            }
        }
        foreach (UserAccount user in list.Users)
            user.GroupNames = [.. user.Groups.ConvertAll(static group => ByteView.Literal(group))];
    }
}
