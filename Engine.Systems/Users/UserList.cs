using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using Engine.Data.Messages;

namespace Engine.Systems.Users;

/// <summary>A <c>userlist</c> section.</summary>
internal sealed class UserList(string name)
{
    public string Name { get; } = name;

    public List<UserAccount> Users { get; } = [];

    /// <summary>Groups with the users that their own lines name.</summary>
    public List<(string Name, string[] Users)> Groups { get; } = [];

    /// <summary>The account that name and password belong to; null when they do not belong together.</summary>
    public UserAccount? Find(ByteView name, ByteView password)
    {
        foreach (UserAccount user in Users)
        {
            if (!user.NameBytes.Span.SequenceEqual(name.Span)) continue;
            if (user.Password is not { } expected) return null;
            bool right = user.IsHashed
                ? Crypt.Matches(password.Span, expected)
                : CryptographicOperations.FixedTimeEquals(expected.Span, password.Span);
            return right ? user : null;
        }
        return null;
    }
}
