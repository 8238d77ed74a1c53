using System;
using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Connections;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>What clients of a <c>bind</c> line must begin with (manual section 5.1).</summary>
internal static unsafe class PreambleBindOptions
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.BindOptions.Add(new("accept-proxy", 0, "", &AcceptProxy));
        Words.BindOptions.Add(new("accept-netscaler-cip", 1, "<magic number>", &AcceptNetScaler));
    }

    private static void AcceptProxy(Directive line, BindDraft bind) => Set(line, bind, PreambleKind.Proxy, "accept-proxy");

    private static void AcceptNetScaler(Directive line, BindDraft bind)
    {
        string text = line.Next();
        long magic = ConfigurationUnits.Integer(text);
        // Integers saturate, and half of all magic numbers are above that.
        if (ConfigurationUnits.TryInteger(text, out long whole) && whole <= uint.MaxValue) magic = whole;
        if (text.Length == 0) line.Alert($"{bind.What} : 'accept-netscaler-cip' : missing value");
        else if (magic <= 0)
            line.Alert($"{bind.What} : 'accept-netscaler-cip' : invalid value {magic}, must be >= 0");
        else
        {
            bind.Listener.NetScalerMagic = (uint)Math.Min(magic, uint.MaxValue);
            Set(line, bind, PreambleKind.NetScaler, "accept-netscaler-cip");
        }
    }

    private static void Set(Directive line, BindDraft bind, PreambleKind kind, string word)
    {
        if (bind.ForAdmin) line.Alert($"{bind.What} : '{word}' is not supported yet.");
        else if (bind.Listener.Preamble is not PreambleKind.None and var other && other != kind)
            line.Alert($"{bind.What} : 'accept-proxy' with 'accept-netscaler-cip' is not supported yet.");
        else bind.Listener.Preamble = kind;
    }
}
