using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using Engine.Data.Configuration;
using Engine.Data.Health;
using Engine.Data.Kernel;
using Engine.Data.Messages;
using Engine.Data.Samples;
using Engine.Data.Shared;
using Engine.Data.Tables;

namespace Tests.Runtime.Configuration;

/// <summary>
/// A compiled configuration as text, field by field, leaving out what has its type's zero and what only finds again what
/// stands elsewhere.
/// </summary>
internal static class ModelText
{
    public static string Of(CompiledConfiguration configuration)
    {
        StringBuilder text = new();
        Append(text, "", configuration, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, object value, int depth)
    {
        text.Append(' ', depth * 2).Append(name);
        if (Plain(value) is { } plain)
        {
            text.Append(' ').Append(plain).Append('\n');
            return;
        }
        text.Append('\n');
        if (value is Array array)
        {
            for (int i = 0; i < array.Length; i++)
            {
                if (array.GetValue(i) is { } element) Append(text, $"[{i}]", element, depth + 1);
            }
            return;
        }
        object fresh = Activator.CreateInstance(value.GetType())!;
        foreach (FieldInfo field in value.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            object? own = field.GetValue(value);
            if (own is null or ServerFarm or ServersByKey || IsSame(own, field.GetValue(fresh))) continue;
            Append(text, field.Name, own, depth + 1);
        }
    }

    private static bool IsSame(object own, object? fresh) =>
        own is ICollection { Count: 0 } or ValueList<(int, Sample)> { Count: 0 } || own is ByteView { IsEmpty: true }
        || (Plain(own) is { } plain && fresh is not null && plain == Plain(fresh));

    private static string? Plain(object value) =>
        value switch
        {
            string text => $"\"{text.Replace("\0", "\\0")}\"",
            ByteView bytes => $"\"{bytes.ToString().ReplaceLineEndings("\\n")}\"",
            SocketAddress address => AddressText(address),
            AddressRange range => $"{AddressText(range.Address)}/{range.PrefixBits}",
            CheckSettings check => $"inter {check.IntervalMs} {check.FastIntervalMs} {check.DownIntervalMs} rise {check.Rise} "
                + $"fall {check.Fall} port {check.Port} health {check.InitialHealth} {check.Program.Kind} "
                + $"{check.Program.Steps.Length} steps",
            int[] numbers => string.Join(' ', numbers),
            ErrorReplies replies => string.Join(' ', Enumerable.Range(0, 600)
                .Where(status => replies.Find(status) is not null)
                .Select(status => $"{status}={replies.Find(status)!.Of(true, false, false).Length}")),
            StatusSet set => string.Join(' ', Enumerable.Range(StatusSet.Lowest, 500).Where(set.Has)),
            Enum or bool => value.ToString(),
            nint code => code == 0 ? "none" : "set",    // a function's address is another one in each run
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };

    private static string AddressText(SocketAddress address) =>
        $"{address.Family} {Convert.ToHexString(address.AddressBytes)}:{address.Port}";
}
