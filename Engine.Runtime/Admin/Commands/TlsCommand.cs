using Engine.Data.Configuration;
using Engine.Data.Registries;
using Engine.Runtime.Tls;

namespace Engine.Runtime.Admin.Commands;

/// <summary>What commands about TLS have in common.</summary>
internal static class TlsCommand
{
    public static void Add(string words, AdminLevel level, string usage, AdminCommandRun run, string summary) =>
        Words.CliCommands.Add(new CliCommand(words, level, usage, Guarded(run)) { Summary = summary });

    /// <summary>What the configuration and earlier commands loaded.</summary>
    public static TlsDrafts Drafts(AdminRequest request) => request.Services.Configuration.Parts.Get<TlsDrafts>();

    /// <summary>The command's argument; empty after it answered that there must be one.</summary>
    public static string Name(AdminRequest request, string expects)
    {
        if (request.Argument(0).Length == 0) request.Refuse(expects);
        return request.Argument(0);
    }

    /// <summary>Commands look into the library, which a configuration without TLS did not load.</summary>
    private static AdminCommandRun Guarded(AdminCommandRun run) => request =>
    {
        if (TlsLibrary.Load(out string error) is null) request.Refuse(error);
        else run(request);
    };
}
