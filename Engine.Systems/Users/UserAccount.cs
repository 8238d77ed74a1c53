using System.Collections.Generic;
using Engine.Data.Messages;

namespace Engine.Systems.Users;

/// <summary>A user of a list (manual section 12.1).</summary>
internal sealed class UserAccount(string name)
{
    public string Name { get; } = name;

    public ByteView NameBytes { get; } = ByteView.Literal(name);

    /// <summary>In the clear, or as crypt(3) has it; null: nothing lets this user in.</summary>
    public ByteView? Password;

    public bool IsHashed;

    /// <summary>Names of the groups it is in.</summary>
    public List<string> Groups { get; } = [];

    /// <summary>The same, for samples.</summary>
    public ByteView[] GroupNames = [];
}
