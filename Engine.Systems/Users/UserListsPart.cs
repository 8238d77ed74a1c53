using System.Collections.Generic;

namespace Engine.Systems.Users;

/// <summary>Part of the configuration's draft: its lists of users.</summary>
internal sealed class UserListsPart
{
    public List<UserList> Lists { get; } = [];

    /// <summary>What lines now belong to.</summary>
    public UserList Open = new("");

    public bool IsChecked;

    public UserList? Find(string name) => Lists.Find(list => list.Name == name);
}
