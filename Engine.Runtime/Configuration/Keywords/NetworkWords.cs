using System.Runtime.CompilerServices;
using Engine.Data.Configuration;
using Engine.Data.Kernel;
using Engine.Data.Registries;
using Engine.Runtime.Kernel.Native;

namespace Engine.Runtime.Configuration.Keywords;

/// <summary>
/// Where sockets are made and how segments are signed: <c>namespace</c>, <c>tcp-md5sig</c> (manual sections 5.1 and 5.2).
/// </summary>
internal static unsafe class NetworkWords
{
    [ModuleInitializer]
    internal static void Register()
    {
        Words.BindOptions.Add(new("namespace", 1, "<name>", &NamespaceOfBind));
        Words.BindOptions.Add(new("tcp-md5sig", 1, "<password>", &SignatureOfBind));
        Words.ServerOptions.Add(new("namespace", 1, "<name>", &NamespaceOfServer));
        Words.ServerOptions.Add(new("shard", 1, "<shard>", &Shard));
        Words.ServerOptions.Add(new("tcp-md5sig", 1, "<password>", &SignatureOfServer));
    }

    private static void NamespaceOfBind(Directive line, BindDraft bind)
    {
        string name = line.Next();
        int fd = name.Length == 0 ? -1 : NetworkNamespaces.Open(name);
        if (name.Length == 0) BindOptions.Refuse(line, bind, "'namespace' : missing namespace id");
        else if (fd >= 0) bind.Listener.Namespace = fd;
        else
        {
            line.Diagnostics.Alert($"Cannot open namespace '{name}'.");
            BindOptions.Refuse(line, bind, "error encountered while processing 'namespace'.");
        }
    }

    private static void NamespaceOfServer(Directive line, ServerDraft server)
    {
        string name = line.Next();
        int fd = name.Length == 0 ? -1 : NetworkNamespaces.Open(name);
        if (name.Length == 0) ServerKeyword.Refuse(line, server, "'namespace' : expects <name> as argument.");
        else if (name == "*") ServerKeyword.Refuse(line, server, "'namespace *' is not supported yet.");
        else if (fd >= 0) server.Target.Namespace = fd;
        else ServerKeyword.Refuse(line, server, $"Cannot open namespace '{name}'.");
    }

    private static void SignatureOfBind(Directive line, BindDraft bind)
    {
        string key = line.Next();
        if (Wrong(key) is { } wrong) BindOptions.Refuse(line, bind, wrong);
        else bind.Listener.SigningKey = key;
    }

    /// <summary>A key that is too long is complained of and not used, as in the reference.</summary>
    private static void SignatureOfServer(Directive line, ServerDraft server)
    {
        string key = line.Next();
        if (Wrong(key) is not { } wrong) server.Target.SigningKey = key;
        else if (key.Length > 0) ServerKeyword.Complain(line, server, $"{wrong}.");
        else ServerKeyword.Refuse(line, server, $"{wrong}.");
    }

    private static string? Wrong(string key) =>
        key.Length == 0 ? "'tcp-md5sig' : missing TCP MD5 signature password"
        : key.Length > OutgoingSocket.SigningKeyMax
            ? $"'tcp-md5sig' : password too long (at most {OutgoingSocket.SigningKeyMax} characters expected)"
        : null;

    /// <summary>Which of the peers of a section get an entry; servers have no use for it.</summary>
    private static void Shard(Directive line, ServerDraft server) => line.Next();
}
