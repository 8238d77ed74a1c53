using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Engine.Data.Configuration;

namespace Engine.Runtime.Admin.Commands;

/// <summary>The anonymized mode of a connection (management guide section 9.3).</summary>
internal static class AnonymousCommands
{
    [ModuleInitializer]
    internal static void Register()
    {
        ServerCommands.Add("set anon on", AdminLevel.User, "[value]", On, "activate the anonymized mode");
        ServerCommands.Add("set anon off", AdminLevel.User, "", Off, "deactivate the anonymized mode");
        ServerCommands.Add("set anon global-key", AdminLevel.Admin, "<value>", SetGlobalKey, "change the global anonymizing key");
        ServerCommands.Add("show anon", AdminLevel.User, "", Show, "display the current state of anonymized mode");
        ServerCommands.Add("debug dev hash", AdminLevel.User, "  [msg]", Hash, "return msg hashed if anon is set");
    }

    private static void On(AdminRequest request)
    {
        if (request.Argument(0).Length == 0)
        {
            uint key = request.Services.AnonymousKey;
            while (key == 0) key = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
            request.Session.Anonymous = new Anonymizer(key);
        }
        else if (Number(request.Argument(0)) is > 0 and <= uint.MaxValue and var key)
            request.Session.Anonymous = new Anonymizer((uint)key);
        else request.Refuse("Value out of range (1 to 4294967295 expected).");
    }

    private static void Off(AdminRequest request)
    {
        if (request.Argument(0).Length > 0) request.Refuse("Key can't be added while disabling anonymized mode");
        else request.Session.Anonymous = default;
    }

    private static void SetGlobalKey(AdminRequest request)
    {
        if (request.Argument(0).Length == 0) request.Refuse("Expects an integer value.");
        else if (Number(request.Argument(0)) is >= 0 and <= uint.MaxValue and var key) request.Services.AnonymousKey = (uint)key;
        else request.Refuse("Value out of range (0 to 4294967295 expected).");
    }

    /// <summary>The key is told to those who might change more than their own view.</summary>
    private static void Show(AdminRequest request)
    {
        uint key = request.Session.Anonymous.Key;
        string told = request.Session.Level >= AdminLevel.Operator ? $"\nKey : {key}" : "";
        request.Inform(key == 0 ? "Anonymized mode disabled" : "Anonymized mode enabled" + told);
    }

    private static void Hash(AdminRequest request) => request.Inform(request.Session.Anonymous.Name(request.Argument(0)));

    /// <summary>The number that a word begins with; -1 for none.</summary>
    private static long Number(string word)
    {
        int digits = word.AsSpan().IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> text = digits < 0 ? word : word.AsSpan(0, digits);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : -1;
    }
}
