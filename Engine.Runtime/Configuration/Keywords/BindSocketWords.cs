using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Registries;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>Options of <c>bind</c> lines that the sockets of a line are opened with (manual section 5.1).</summary>
internal static unsafe class BindSocketWords
{
    private const int NiceMax = 1024;

    [ModuleInitializer]
    internal static void Register()
    {
        Registry<BindOption> words = Words.BindOptions;
        words.Add(new("cc", 1, "<algorithm>", &Congestion));
        words.Add(new("label", 1, "<label>", &Label));
        words.Add(new("nice", 1, "<nice>", &Nice));
        words.Add(new("tcp-ss", 1, "<mode>", &SaveSyn));
    }

    private static void Congestion(Directive line, BindDraft bind)
    {
        string name = line.Next();
        if (name.Length == 0) Refuse(line, bind, "'cc' : missing TCP congestion control algorithm");
        else bind.Listener.Congestion = name;
    }

    /// <summary>A name for groups of listeners, which nothing shows.</summary>
    private static void Label(Directive line, BindDraft bind)
    {
        if (line.Next().Length == 0) Refuse(line, bind, "'label' : missing label");
    }

    /// <summary>A hint to a scheduler of tasks; all connections of a thread are served in turn here.</summary>
    private static void Nice(Directive line, BindDraft bind)
    {
        string text = line.Next();
        int number = ConfigurationUnits.Integer(text);
        if (text.Length == 0) Refuse(line, bind, "'nice' : missing value");
        else if (number is < -NiceMax or > NiceMax)
            Refuse(line, bind, $"'nice' : invalid value {number}, allowed range is -1024..1024");
    }

    private static void SaveSyn(Directive line, BindDraft bind)
    {
        string text = line.Next();
        if (text is "0" or "1" or "2") bind.Listener.SavesSyn = text[0] - '0';
        else Refuse(line, bind, "'tcp-ss' : TCP Save SYN option expects an integer argument from 0 to 2");
    }

    private static void Refuse(Directive line, BindDraft bind, string text) => BindOptions.Refuse(line, bind, text);
}
